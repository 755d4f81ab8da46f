import json
from dataclasses import FrozenInstanceError
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

import summarize
from summarize import Digest, Summarizer
from summarize.errors import EngineError, GlossaryError, InputError, ModelNotFoundError

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
HEADED = EXAMPLES / "three-communities.txt"
UNHEADED = EXAMPLES / "night-market.txt"
TRADITIONAL = EXAMPLES / "five-briefs.txt"


@pytest.fixture(scope="module")
def causal(tiny_causal: Path, tmp_path_factory: pytest.TempPathFactory) -> Summarizer:
    return Summarizer(tiny_causal, cache_dir=str(tmp_path_factory.mktemp("store")))


def validate(digest: Digest) -> None:
    schema = json.loads(files("summarize.schemas").joinpath("digest.json").read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(digest.to_dict())), schema)


@pytest.mark.parametrize("path", [HEADED, UNHEADED, TRADITIONAL])
def test_digest_with_a_causal_model(causal: Summarizer, path: Path) -> None:
    digest = causal.digest(path)
    validate(digest)
    assert Digest.from_dict(json.loads(json.dumps(digest.to_dict()))) == digest
    text = path.read_text("utf-8")
    paragraphs = [p for section in digest.sections for p in section.paragraphs]
    assert all(text[p.start : p.end] == p.zh for p in paragraphs)
    covered = "".join(p.zh for p in paragraphs)
    assert "".join(covered.split()) == "".join(text.replace("\ufeff", "").split())
    for section in digest.sections:
        assert 20 <= len(section.summary.zh) <= 100
        assert section.title.zh
    with pytest.raises(FrozenInstanceError):
        digest.sections[0].index = 3  # type: ignore[misc]


def test_what_a_tiny_model_cannot_write_is_told(causal: Summarizer) -> None:
    digest = causal.digest(HEADED)
    kinds = {finding.kind for section in digest.sections for finding in section.fidelity.findings}
    assert "missing" in kinds
    bylines = [p.en for section in digest.sections for p in section.paragraphs if p.role == "byline"]
    assert len(bylines) == 3 and all(en and en.isascii() for en in bylines)


def test_digest_with_seq2seq_models(tiny_mt5: Path, tiny_marian: Path, tmp_path: Path) -> None:
    summarizer = Summarizer(tiny_mt5, translator=tiny_marian, cache_dir=str(tmp_path))
    digest = summarizer.digest(HEADED)
    validate(digest)
    assert len(digest.sections) == 3
    assert set(digest.models) == {"summarize", "translate"}
    assert digest.models["summarize"].startswith(tiny_mt5.name)
    assert digest.models["translate"].startswith(tiny_marian.name)


def test_many_articles_come_in_order_and_as_alone(causal: Summarizer) -> None:
    paths = [UNHEADED, HEADED, TRADITIONAL]
    together = list(causal.digest_many(iter(paths)))
    assert [digest.source for digest in together] == [str(path) for path in paths]
    assert together == [causal.digest(path) for path in paths]


def test_bad_articles_are_left_out_if_somebody_is_told(causal: Summarizer, tmp_path: Path) -> None:
    bad = tmp_path / "english.txt"
    bad.write_text("No Chinese here.")
    told: list[tuple[object, str]] = []
    found = list(
        causal.digest_many([bad, UNHEADED, tmp_path / "missing.txt"], on_error=lambda a, e: told.append((a, str(e))))
    )
    assert [digest.source for digest in found] == [str(UNHEADED)]
    assert [article for article, _ in told] == [bad, tmp_path / "missing.txt"]
    with pytest.raises(InputError, match="no Chinese"):
        list(causal.digest_many([UNHEADED, bad]))
    assert causal.digest(UNHEADED) == found[0]  # the error left nothing in the engine


def test_text_and_bytes_give_the_same_digest(causal: Summarizer) -> None:
    text = UNHEADED.read_text("utf-8")
    assert causal.digest(text).sections == causal.digest(text.encode("gb18030")).sections


def test_number_of_sections(tiny_causal: Path, tmp_path: Path) -> None:
    assert len(Summarizer(tiny_causal, sections=2, cache_dir=str(tmp_path)).segment(UNHEADED).sections) == 2


def test_glossary_goes_before_all_else(tiny_causal: Path, tmp_path: Path) -> None:
    text = "宝应县公安局民警在园区查验车辆，沈冬兵说车辆很多。"
    glossary = {"沈冬兵": "Tony Shen"}
    fidelity = summarize.check(
        text, "Baoying County police check vehicles; Shen Dongbing says there are many.", glossary
    )
    assert [(finding.kind, finding.item) for finding in fidelity.findings if finding.item == "term"] == [
        ("missing", "term")
    ]
    with pytest.raises(GlossaryError):
        Summarizer(tiny_causal, glossary=[tmp_path / "none.tsv"])


def test_check_of_aligned_lines() -> None:
    source = "王国军查验了200辆车。\n\n李秀兰负责登记。"
    good = "Wang Guojun inspected 200 vehicles.\n\nLi Xiulan is in charge of registration."
    assert summarize.check(source, good).findings == ()
    (finding,) = summarize.check(source, good.replace("200", "20")).findings
    assert (finding.kind, finding.paragraph) in {("altered", 0), ("missing", 0)}
    assert finding.source is not None and source[slice(*finding.source)].startswith("200")


def test_translate_many_keeps_blank_lines(causal: Summarizer) -> None:
    found = [translation.en for translation in causal.translate_many(["雨停了。", "", "  ", "COVID-19"])]
    assert found[1:] == ["", "", "COVID-19"]
    assert found[0]


@pytest.mark.parametrize("options", [{"summary_chars": 5}, {"summary_chars": 5000}, {"sections": 0}])
def test_numbers_out_of_range(options: dict[str, int]) -> None:
    with pytest.raises(InputError, match="give a number"):
        Summarizer(**options)  # type: ignore[arg-type]


def test_unknown_models_and_devices(tiny_causal: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match="no model"):
        Summarizer("no-such-model").digest(UNHEADED)
    with pytest.raises(EngineError, match="device"):
        Summarizer(tiny_causal, device="tpu", cache_dir=str(tmp_path)).digest(UNHEADED)  # type: ignore[arg-type]


def test_bad_input_needs_no_model() -> None:
    with pytest.raises(InputError, match="empty"):
        Summarizer("no-such-model").digest("  \n ")
