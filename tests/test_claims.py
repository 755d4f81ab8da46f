"""Clauses of summaries that their section does not bear out. The tagger is the real one."""

import pytest

from summarize.fidelity import check_summary, own_words, without_claims
from summarize.fidelity.claims import unsupported

SECTION = (
    "3月以来，柳河社区把小区里的空地划成停车位，居民和物业坐在一起商量收费。新规实行以来，小区新增车位286个，"
    "因停车引起的报警由58起下降到9起。社区还为独居老人装上了烟雾报警器，网格员每周上门检查一次。"
)


@pytest.mark.parametrize(
    ("clause", "claimed"),
    [
        ("居民满意度提高", True),
        ("居民满意", True),
        ("深受大家欢迎", True),
        ("取得积极成效", True),
        ("有效改善营商环境", True),
        ("增强游客幸福感", True),
        ("为乡村振兴注入新动能", True),
        ("小区新增车位286个", False),
        ("因停车引起的报警下降到9起", False),
        ("网格员每周上门检查", False),
        ("减少停车报警", False),
        ("社区为独居老人安装烟雾报警器", False),
        ("并表示相关工作仍在进行", False),
    ],
)
def test_unsupported(clause: str, claimed: bool) -> None:
    summary = f"柳河社区划出停车位，{clause}。"
    places = unsupported(SECTION, summary)
    assert [summary[start:end] for start, end in places] == ([clause] if claimed else [])


def test_traditional_characters_are_the_same_words() -> None:
    assert unsupported(SECTION, "柳河社區新增車位，社區為獨居老人裝上煙霧報警器。") == []
    assert unsupported(SECTION, "柳河社區新增車位，居民滿意度提高。") == [(9, 16)]


def test_sentences_of_the_section_are_supported() -> None:
    assert unsupported(SECTION, SECTION) == []


def test_approval_may_be_told_in_other_words() -> None:
    pleased = SECTION + "住户刘阿姨说，大家都点赞。"
    assert unsupported(pleased, "柳河社区新增车位286个，居民满意。") == []


def test_empty() -> None:
    assert unsupported("", "") == []
    assert unsupported(SECTION, "") == []


@pytest.mark.parametrize(
    ("summary", "without"),
    [
        ("柳河社区新增车位286个，居民满意度提高。", "柳河社区新增车位286个。"),
        ("柳河社区新增车位286个，取得积极成效，报警下降到9起。", "柳河社区新增车位286个，报警下降到9起。"),
        # What opens a sentence says what it is about, and a quotation is somebody's.
        ("居民满意度提高，新增车位286个。", "居民满意度提高，新增车位286个。"),
        ("柳河社区的口号是“新增车位，居民满意度提高”。", "柳河社区的口号是“新增车位，居民满意度提高”。"),
        ("柳河社区新增车位286个。", "柳河社区新增车位286个。"),
    ],
)
def test_without_claims(summary: str, without: str) -> None:
    assert without_claims(SECTION, summary) == without


def test_the_check_reports_claims() -> None:
    summary = "居民满意度提高，小区新增车位286个。"
    (finding,) = check_summary(SECTION, "", summary, 100)
    assert (finding.kind, finding.item, finding.part, finding.target) == ("invented", "claim", "summary", (0, 7))
    assert "居民满意度提高" in finding.detail


@pytest.mark.parametrize(
    ("summary", "own"),
    [
        ("康乐养老院的63位老人转移。", []),
        ("康樂養老院的63位老人轉移。", []),
        ("康乐养老院发生火灾，63位老人被转移。", ["火灾"]),
        ("警方转移63位老人，解决了困难。", ["困难"]),  # who acted in another word, and a word of retelling
    ],
)
def test_words_that_the_text_does_not_have(summary: str, own: list[str]) -> None:
    text = "河水灌进康乐养老院，派出所民警和村民连夜转移63位老人，没有一人伤亡。"
    assert [summary[start:end] for start, end in own_words(text, summary)] == own
