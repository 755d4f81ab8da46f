import pytest

from summarize.grounding import ground


@pytest.mark.parametrize(
    ("text", "post", "english"),
    [
        ("市人大常委会副主任出席会议。", "副主任", "vice chairperson"),
        ("县人大常委会原副主任被查。", "副主任", "vice chairperson"),
        ("省纪委副书记讲话。", "副书记", "deputy secretary"),
        ("杭州市委组织部副部长介绍。", "副部长", "deputy head"),
        ("杭州市中级人民法院院长作报告。", "院长", "president"),
    ],
)
def test_a_post_is_called_by_its_body(text: str, post: str, english: str) -> None:
    [item] = [item for item in ground([text])[0] if item.zh == post]
    assert item.renderings[0] == english


def test_a_term_that_holds_the_post_stays_whole() -> None:
    items = ground(["市委组织部副部长介绍。"])[0]
    assert [item.renderings[0] for item in items if "部长" in item.zh] == ["deputy head of the Organization Department"]
