"""Foreign names whose spelling nobody gave are looked for by their sound."""

import pytest

from summarize import check
from summarize.fidelity import check_translation
from summarize.fidelity.sound import likeness, sounds_like
from summarize.grounding import Item


@pytest.mark.parametrize(
    ("zh", "word"),
    [
        ("津克", "Zinke"),
        ("巴特尔斯", "Bartels"),
        ("阿伯克龙比", "Abercrombie"),
        ("克伦威尔", "Cromwell"),
        ("埃尔多安", "Erdogan"),
        ("惠特默", "Whitmer"),
        ("扎哈罗娃", "Zakharova"),
        ("麦克唐纳", "MacDonald"),
        ("奥康纳", "O'Connor"),
        ("布彻", "Büchner"),
        ("沃伊切赫", "Wojciech"),
        ("夏科什维利", "Saakashvili"),
    ],
)
def test_a_name_sounds_like_itself(zh: str, word: str) -> None:
    assert likeness(zh, word) >= 0.5


@pytest.mark.parametrize(
    ("zh", "word"),
    [("津克", "Kerry"), ("巴特尔斯", "Merkel"), ("克伦威尔", "Clarendon"), ("穆阿利姆", "Libya"), ("亚当", "Eve")],
)
def test_and_not_like_another(zh: str, word: str) -> None:
    assert likeness(zh, word) < 0.6


def test_a_name_taken_for_a_chinese_one() -> None:
    assert sounds_like("罗莎", "Rosa") and sounds_like("霍莉", "Holly")
    assert not sounds_like("罗莎", "Reuters")
    assert not sounds_like("王国军", "Wang")


def _person(source: str, zh: str) -> list[Item]:
    return [Item("person", source.index(zh), source.index(zh) + len(zh), zh, ())]


def test_a_foreign_name_that_became_another_is_missing() -> None:
    source = "内政部长莱恩·津克说，钱已经到了。"
    items = _person(source, "莱恩·津克")
    assert check_translation(source, "Interior Secretary Ryan Zinke said the money had arrived.", items) == ()
    assert check_translation(source, "Interior Secretary Zinke said the money had arrived.", items) == ()
    findings = check_translation(source, "Secretary of State John Kerry said the money had arrived.", items)
    assert {(f.kind, f.item) for f in findings} == {("missing", "person"), ("invented", "person")}
    finding = next(f for f in findings if f.kind == "missing")
    assert "莱恩·津克" in finding.detail
    assert finding.source == (items[0].start, items[0].end)


def test_the_given_name_alone_is_not_the_name() -> None:
    source = "队长克里斯蒂安·阿伯克龙比说，比赛很难。"
    items = _person(source, "克里斯蒂安·阿伯克龙比")
    assert check_translation(source, "Captain Christian Abercrombie said the match was hard.", items) == ()
    assert len(check_translation(source, "Captain Christian Moss said the match was hard.", items)) == 1


def test_long_names_of_one_part_are_heard_too() -> None:
    source = "历史学家说，克伦威尔去过那里。"
    items = _person(source, "克伦威尔")
    assert check_translation(source, "Historians say that Cromwell went there.", items) == ()
    assert len(check_translation(source, "Historians say that Sir William went there.", items)) == 1


@pytest.mark.parametrize("zh", ["朴炳锡", "津克", "山口百惠", "陈光明顿生"])
def test_short_names_and_names_of_other_scripts_are_let_be(zh: str) -> None:
    source = f"记者说，{zh}去过那里。"
    assert check_translation(source, "Reporters say that somebody else went there.", _person(source, zh)) == ()


def test_a_name_that_may_go_on_is_let_be() -> None:
    source = "律师乔治·尼可拉考普洛斯被捕。"
    items = _person(source, "乔治·尼可拉")
    assert check_translation(source, "The lawyer Takis Papadopoulos was arrested.", items) == ()


def test_of_two_unknown_names_the_lost_one_is_told() -> None:
    source = "阿米莉亚·布朗斯基在伦敦会见了埃德加·维特科夫。"
    assert check(source, "Amelia Bronsky met Edgar Vitkov in London.").findings == ()
    (finding,) = check(source, "Amelia Bronsky met a visitor in London.").findings
    assert finding.kind == "missing" and "埃德加·维特科夫" in finding.detail


def test_other_names_of_the_passage_do_not_count() -> None:
    source = "大卫·布朗会见了达维德·布拉乌纳。"
    items = [
        Item("person", 0, 5, "大卫·布朗", ("David Brown",)),
        Item("person", 8, 16, "达维德·布拉乌纳", ()),
    ]
    assert check_translation(source, "David Brown met Davide Brauna.", items) == ()
    assert len(check_translation(source, "David Brown met him there.", items)) == 1
