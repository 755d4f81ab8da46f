import pytest

from summarize.fidelity.provinces import other_provinces
from summarize.grounding import ground


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("江苏省南京市举行活动。", "An event was held in Nanjing, Zhejiang Province.", ["Zhejiang"]),
        ("陝西省西安市", "Xi'an, Shanxi Province", ["Shanxi"]),
        ("江苏省南京市举行活动。", "An event was held in Nanjing, Jiangsu.", []),
        ("江苏省南京市举行活动。", "An event was held in Nanjing.", []),
        ("南京市举行活动。", "An event was held in Nanjing, Jiangsu Province.", []),
        ("江苏、浙江两省", "Jiangsu and Zhejiang", []),
    ],
)
def test_another_province(source: str, target: str, found: list[str]) -> None:
    assert [target[start:end] for start, end in other_provinces(source, target, ground([source])[0])] == found
