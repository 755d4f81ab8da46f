import pytest

from summarize import check
from summarize.grounding import ground, with_names_of


def amounts(*passages: str) -> list[str]:
    return [i.renderings[0] for items in ground(list(passages)) for i in items if i.kind == "number"]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("香港9月新取用按揭貸款額減少至195億元。", "19.5 billion Hong Kong dollars"),
        ("縣府補助每戶3萬元，由鄉公所發放。", "30,000 New Taiwan dollars"),
        ("澳門輕軌單程票價6元。", "6 patacas"),
        ("香港市民在深圳被罰款500元人民幣。", "500 yuan"),
        ("北京市民罰款500元。", "500 yuan"),
        ("香港特区政府拨款500元。", "500 yuan"),
    ],
)
def test_whose_money_it_is(text: str, english: str) -> None:
    assert amounts(text) == [english]


def test_the_passages_around_tell_where_a_story_is_from() -> None:
    assert amounts("港鐵今日宣布加價。", "成人車費將上調2元。") == ["2 Hong Kong dollars"]


def test_dollars_are_right_too() -> None:
    zh = "香港9月新取用按揭貸款額減少至195億元。"
    assert check(zh, "New mortgage loans in Hong Kong fell to $19.5 billion in September.").findings == ()
    found = check(zh, "New mortgage loans in Hong Kong fell to HK$1.95 billion in September.").findings
    assert [finding.item for finding in found] == ["number"]


def test_a_summary_means_the_money_of_its_story() -> None:
    (known,) = ground(["香港9月新取用按揭貸款額減少至195億元。"])
    summary = "新取用按揭貸款額減少至195億元。"
    items = with_names_of(summary, ground([summary])[0], known)
    assert [item.renderings[0] for item in items if item.kind == "number"] == ["19.5 billion Hong Kong dollars"]
