import pytest

from summarize.fidelity import check_translation
from summarize.grounding import ground
from summarize.grounding.caption_positions import find_positions
from summarize.renderings import with_renderings


@pytest.mark.parametrize(
    ("zh", "english"),
    [
        ("右一", "first from right"),
        ("左二", "second from left"),
        ("左起第三", "third from left"),
        ("前排右四", "front row, fourth from right"),
        ("後排左二", "back row, second from left"),
        ("二排左一", "second row, first from left"),
    ],
)
def test_positions(zh: str, english: str) -> None:
    text = f"图为民警刘洋（{zh}）走访商户。"
    (item,) = find_positions(text)
    assert (text[item.start : item.end], item.zh, item.renderings[0]) == (zh, zh, english)


def test_several_in_one_bracket() -> None:
    assert [item.zh for item in find_positions("辅警（右一、右三，左二）在巡逻")] == ["右一", "右三", "左二"]


@pytest.mark.parametrize("text", ["向左一拐就到了。", "（左右一百米）", "他走在右二车道（右侧）。", "（左一百米处）"])
def test_no_positions(text: str) -> None:
    assert find_positions(text) == []


def test_a_lost_position_is_found() -> None:
    source = "11月3日，刘洋（右一）在园区巡防。"
    (items,) = ground([source])
    assert "first from right" in with_renderings(source, items)
    written = "On November 3, Liu Yang ({}) was on patrol in the park."
    for right in ("first from right", "first from the right", "far right"):
        assert check_translation(source, written.format(right), items) == ()
    assert [f.kind for f in check_translation(source, written.format("right"), items)] == ["missing"]
