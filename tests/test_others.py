"""A number after 等 counts all, not the others."""

import pytest

from summarize.fidelity import check_translation
from summarize.grounding import ground

ZH = "孙大勇等23名工人获奖。"


def told(zh: str, en: str) -> list[str]:
    found = check_translation(zh, en, ground([zh])[0])
    return [finding.detail for finding in found if "besides" in finding.detail]


@pytest.mark.parametrize(
    "en", ["Sun Dayong and 23 other workers won prizes.", "Sun Dayong, and 23 others, won prizes."]
)
def test_the_others_are_counted(en: str) -> None:
    assert told(ZH, en) == ["23 counts those named before it too, and the English counts others besides."]


@pytest.mark.parametrize(
    "en", ["Twenty-three workers, among them Sun Dayong, won prizes.", "Sun Dayong and others, 23 workers, won prizes."]
)
def test_all_are_counted(en: str) -> None:
    assert told(ZH, en) == []


def test_others_who_are_others() -> None:
    assert told("孙大勇和另外23名工人获奖。", "Sun Dayong and 23 other workers won prizes.") == []
