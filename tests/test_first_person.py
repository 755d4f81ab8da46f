"""Where the English says "I" and nobody in the Chinese speaks of himself."""

import pytest

from summarize import check


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        (
            "回想起险些被骗走的20万元，吴大爷仍心有余悸。",
            "When I thought of the 200,000 yuan, Uncle Wu was still afraid.",
            True,
        ),
        (
            "回想起险些被骗走的20万元，吴大爷仍心有余悸。",
            "Uncle Wu was still afraid when he thought of the 200,000 yuan.",
            False,
        ),
        ("“我当时就懵了。”吴大爷说。", "“I was stunned,” said Uncle Wu.", False),
        ("“我当时就懵了。”吴大爷说。", "I was stunned, said Uncle Wu.", False),
        ("“好多了。”吴大爷告诉女儿。", "“Much better,” Uncle Wu told my daughter.", True),
        ("我去年回到村里。", "I came back to the village last year.", False),
        ("记者看到，门口排起了长队。", "I saw a long queue at the door.", False),
        ("他参加过第一次世界大战。", "He was in World War I as a young man.", False),
    ],
)
def test_first_person_that_nobody_speaks_in(source: str, target: str, found: bool) -> None:
    findings = [finding for finding in check(source, target).findings if "said by nobody" in finding.detail]
    assert bool(findings) is found
