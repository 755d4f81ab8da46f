import pytest

from summarize.fidelity import check_translation
from summarize.fidelity.latin import misspelt_latin


@pytest.mark.parametrize(
    ("zh", "en", "found"),
    [
        ("VKBIA将起到桥梁作用。", "VKKIA will serve as a bridge.", ["VKKIA"]),
        ("他在《Riodoce》工作，《Riodoce》很有名。", "He works at Rioodoce, which is well known.", ["Rioodoce"]),
        ("扎布隆（Zhabdrung）的雕像", "A statue of Zhabdrang", ["Zhabdrang"]),
        ("VKBIA将起到桥梁作用。", "VKBIA will serve as a bridge.", []),
        ("VKBIA将起到桥梁作用。", "The association will serve as a bridge.", []),
        ("购买10架Boeing飞机", "It bought ten Boeings.", []),
        ("加勒比人（Caribes）定居于此。", "Caribs settled here.", []),
        ("Marco和Marca都来了。", "Marca came.", []),
    ],
)
def test_names_to_be_copied(zh: str, en: str, found: list[str]) -> None:
    places = [place for _, place in misspelt_latin(zh, en)]
    assert [en[slice(*place)] for place in places] == found
    assert all(any(finding.target == place for finding in check_translation(zh, en, [])) for place in places)
