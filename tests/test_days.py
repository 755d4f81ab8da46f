import pytest

from summarize.fidelity.days import other_days


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("昨天，公园开放。", "The park opened today.", ["today"]),
        ("明天開園。", "It opened yesterday.", ["yesterday"]),
        ("前天，他来了。", "He came yesterday.", ["yesterday"]),
        ("前天，他来了。", "He came the day before yesterday.", []),
        ("昨天，公园开放。", "The park opened yesterday.", []),
        ("昨天，公园开放。", "The park opened on Tuesday.", []),
        ("昨天，公园开放，目前人很多。", "The park opened yesterday and is crowded today.", []),
        ("公园开放。", "The park opened today.", []),  # a day that is added is no other day
        ("昨天，他谈到科技。", "Yesterday he spoke of today's technology.", []),
    ],
)
def test_another_day(source: str, target: str, found: list[str]) -> None:
    assert [target[start:end] for start, end in other_days(source, target)] == found
