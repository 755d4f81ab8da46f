import pytest

from summarize.grounding import ground


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("公安、教育、卫健等部门联合执法。", {"卫健": "health"}),
        (
            "人社、资规、发改等部门",
            {"人社": "human resources and social security", "资规": "natural resources and planning",
             "发改": "development and reform"},
        ),
        ("由财政和住建三部门牵头", {"住建": "housing and construction"}),
        ("组织交警、市监、司法等单位负责人", {"市监": "market regulation"}),
        ("应急、消防等多部门赶到现场。", {"应急": "emergency management"}),
        ("市场监管、城管等12个部门参加", {"城管": "urban management"}),
        ("卫健、人社部门联合发文。", {"卫健": "health", "人社": "human resources and social security"}),
    ],
)  # fmt: skip
def test_departments_in_lists(text: str, english: dict[str, str]) -> None:
    found = {item.zh: item.renderings[0] for item in ground([text])[0]}
    assert english.items() <= found.items()


@pytest.mark.parametrize("text", ["各地应急物资充足，部门之间加强联动。", "参加医保、购买商业保险等。"])
def test_the_same_words_elsewhere(text: str) -> None:
    assert not {"emergency management", "healthcare security"} & {item.renderings[0] for item in ground([text])[0]}
