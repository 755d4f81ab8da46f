"""A post or occupation in a summary belongs to the person who has it in the text."""

from __future__ import annotations

import pytest

from summarize.fidelity import check_summary
from summarize.fidelity.occupations import given_to_another
from summarize.grounding import ground

TEXT = (
    "“大夫,孩子烧到39度了。”3月2日夜里,周桂兰抱着孙子冲进青禾县人民医院。值班的儿科医生何文静给孩子做了检查。"
    "周桂兰坐在长椅上等结果。两年前全县只有6名儿科医生。院长高建国说,夜间门诊从去年开起。"
    "护士徐敏和林小燕轮流值班,村民赵德山也带着孩子来过。赵德山是木匠,儿子在镇上当教师。教师宋佳常来帮忙。"
)


def exchanged(summary: str, text: str = TEXT) -> list[str]:
    places = given_to_another(text, summary, ground([text])[0], ground([summary])[0])
    return [summary[start:end] for start, end in places]


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("青禾县人民医院儿科医生周桂兰夜里为孩子看病。", ["医生周桂兰"]),
        ("院长何文静说,夜间门诊从去年开起。", ["院长何文静"]),
        ("夜里值班的有护士高建国。", ["护士高建国"]),
        ("儿科醫生周桂蘭夜裡為孩子看病。", ["醫生周桂蘭"]),
    ],
)
def test_a_post_of_somebody_else_is_found(summary: str, found: list[str]) -> None:
    assert exchanged(summary) == found


@pytest.mark.parametrize(
    "summary",
    [
        "儿科医生何文静给孩子做了检查。",
        "护士林小燕夜里值班。",  # 护士徐敏和林小燕
        "木匠赵德山带着孩子来过。",  # nobody else is one
        "教师赵德山带着孩子来过。",  # it stands by itself in a sentence about him: more is not known
        "值班的是医生何文静,院长高建国说,夜间门诊从去年开起。",
        "夜里,周桂兰抱着孙子来看病。",
    ],
)
def test_what_the_text_says_or_leaves_open_is_not(summary: str) -> None:
    assert exchanged(summary) == []


def test_a_title_after_the_surname_counts() -> None:
    text = "何医生夜里值班。何文静从医12年。儿科医生徐敏上午坐诊,院长高建国查房。"
    assert exchanged("医生何文静夜里值班。", text) == []


def test_the_next_sentence_may_say_who_somebody_is() -> None:
    text = "周桂兰每天进山。这位护林员今年58岁。护林员赵德山和她搭班。值班的是医生何文静。"
    assert exchanged("护林员周桂兰今年58岁。", text) == []
    assert exchanged("医生赵德山今年58岁。", text) == ["医生赵德山"]


def test_the_check_of_a_summary_has_it() -> None:
    summary = "青禾县人民医院儿科医生周桂兰夜里为孩子做了检查。"
    findings = check_summary(TEXT, "", summary, 80, ground([TEXT])[0], ground([summary])[0])
    assert [
        (finding.kind, finding.item, summary[slice(*finding.target)]) for finding in findings if finding.target
    ] == [("invented", "person", "医生周桂兰")]
