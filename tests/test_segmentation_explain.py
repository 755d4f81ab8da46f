import sys
from pathlib import Path

import pytest

from summarize.article import parse_article
from summarize.errors import InputError, MissingPackageError, OutputError
from summarize.segmentation import explain, plot_scores, segment

ROUNDUP = """青川丨消防员转移三百居民
昨日清晨，青川县连降暴雨，河水漫上了老街的石板路，镇上的消防队员划着橡皮艇逐户转移居民。
消防队员周永康说，老街上还有几十户居民不愿意离开，他们挨家挨户敲门劝说。
（记者 王明）
云港丨新图书馆迎来首批读者
云港市图书馆新馆上周六开门迎客，第一天就有九千多名读者走进这座临海的白色建筑。
读者陈晓雯带着女儿来办借书证，她说，新图书馆的阅览室宽敞明亮。
（记者 李红）"""


def test_explanation_agrees_with_the_segmentation() -> None:
    article = parse_article(ROUNDUP)
    explanation = explain(article)
    paragraphs = [(s.index, p) for s in segment(article).sections for p in s.paragraphs]
    assert [(e.section, e.role, e.confidence) for e in explanation.paragraphs] == [
        (section, p.role, p.confidence) for section, p in paragraphs
    ]
    assert [e.index for e in explanation.paragraphs if e.begins] == [0, 4]
    assert explanation.paragraphs[4].probability > 0.9
    assert all(e.probability < 0.1 for e in explanation.paragraphs if not e.begins)


def test_reasons_are_in_words_weightiest_first() -> None:
    second = explain(parse_article(ROUNDUP)).paragraphs[4]
    assert "after a byline or closing" in [reason.text for reason in second.reasons]
    weights = [abs(reason.weight) for reason in second.reasons]
    assert weights == sorted(weights, reverse=True)


def test_text_shows_sections_and_scores() -> None:
    text = explain(parse_article(ROUNDUP)).to_text()
    assert text.count("── section") == 2
    assert "after a byline or closing +" in text
    assert "云港丨新图书馆迎来首批读者" in text


def test_forced_number_of_sections() -> None:
    assert sum(p.begins for p in explain(parse_article(ROUNDUP), sections=3).paragraphs) == 3
    with pytest.raises(InputError):
        explain(parse_article(ROUNDUP), sections=0)


@pytest.mark.parametrize(("name", "magic"), [("scores.png", b"\x89PNG"), ("scores.svg", b"<?xml")])
def test_plot(tmp_path: Path, name: str, magic: bytes) -> None:
    pytest.importorskip("matplotlib")
    plot_scores(explain(parse_article(ROUNDUP)), tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(magic)


def test_plot_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    explanation = explain(parse_article(ROUNDUP))
    with pytest.raises(OutputError, match=r"\.png or \.svg"):
        plot_scores(explanation, tmp_path / "scores.jpg")
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MissingPackageError, match="pip install"):
        plot_scores(explanation, tmp_path / "scores.png")
