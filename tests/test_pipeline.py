import json
from dataclasses import FrozenInstanceError
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
from writing import play

import summarize
from summarize import Digest, Summarizer, pipeline
from summarize.engines import Request
from summarize.errors import EngineError, GlossaryError, InputError, ModelNotFoundError, SummarizeError
from summarize.grounding import ground, with_names_of
from summarize.store import LocalModel

ROOT = Path(__file__).resolve().parents[1]
# Two short stories of sentences that the tiny models know (see conftest.py).
HEADED = """长沙丨社区: 新增车位
社区新增车位286个。医生走进山区,为老人免费看病。
警方找回了丢失的手机。沈海明 摄
会议于周二在长沙举行。沈海明是派出所所长。
(本报记者张宝林)
荣成丨渔港: 渔船返港
渔船安全返港。雨停了。
全县有4.8万人受益。他们修好了村里的桥。
(本报记者李秀兰)
"""
UNHEADED = "学校招收了120名新生,并新建了一座图书馆。\n夜市晚上六点开门。雨停了。\n工厂去年出口增长三成。"
TRADITIONAL = "會議於週二在長沙舉行。\n漁船安全返港，縣裡有4.8萬人受益。"


@pytest.fixture(scope="module")
def causal(tiny_causal: Path, tmp_path_factory: pytest.TempPathFactory) -> Summarizer:
    return Summarizer(tiny_causal, cache_dir=str(tmp_path_factory.mktemp("store")))


def validate(digest: Digest) -> None:
    schema = json.loads(files("summarize.schemas").joinpath("digest.json").read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(digest.to_dict())), schema)


@pytest.mark.parametrize("text", [HEADED, UNHEADED, TRADITIONAL, HEADED.replace("\n", "\r\n\r\n\u3000\u3000")])
def test_digest_with_a_causal_model(causal: Summarizer, text: str) -> None:
    digest = causal.digest(text)
    validate(digest)
    assert Digest.from_dict(json.loads(json.dumps(digest.to_dict()))) == digest
    paragraphs = [p for section in digest.sections for p in section.paragraphs]
    assert all(text[p.start : p.end] == p.zh and p.en for p in paragraphs)
    assert "".join("".join(p.zh for p in paragraphs).split()) == "".join(text.split())
    for section in digest.sections:
        assert 10 <= len(section.summary.zh) <= 100
        assert section.title.zh and section.title.en
    with pytest.raises(FrozenInstanceError):
        digest.sections[0].index = 3  # type: ignore[misc]


def test_roles_and_rules(causal: Summarizer) -> None:
    digest = causal.digest(HEADED)
    assert [[p.role for p in section.paragraphs] for section in digest.sections] == [
        ["heading", "body", "caption", "body", "byline"],
        ["heading", "body", "body", "byline"],
    ]
    english = {p.zh: p.en for section in digest.sections for p in section.paragraphs}
    assert "Zhang Baolin" in english["(本报记者张宝林)"]
    assert english["警方找回了丢失的手机。沈海明 摄"].endswith("Photo by Shen Haiming")


def test_what_the_check_finds_is_in_the_digest(causal: Summarizer) -> None:
    # The tiny model knows nothing of this sentence, so its people and numbers cannot all arrive.
    digest = causal.digest("欧阳文山和诸葛明兰昨天在延吉市种下了3517棵苹果树和2904棵梨树。")
    (section,) = digest.sections
    kinds = section.fidelity.counts
    assert kinds and sum(kinds.values()) == len(section.fidelity.findings)
    assert {"missing", "altered"} & set(kinds)
    assert all(f.paragraph == 0 for f in section.fidelity.findings if f.part == "paragraph")


def test_digest_with_seq2seq_models(tiny_mt5: Path, tiny_marian: Path, tmp_path: Path) -> None:
    digest = Summarizer(tiny_mt5, translator=tiny_marian, cache_dir=str(tmp_path)).digest(HEADED)
    validate(digest)
    assert len(digest.sections) == 2
    assert digest.models["summarize"].startswith(tiny_mt5.name)
    assert digest.models["translate"].startswith(tiny_marian.name)


def test_a_foreign_name_is_spelled_alike_in_the_whole_article(
    causal: Summarizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    zh = ["教练佩尔·霍伦德上周宣布辞职。", "霍伦德说，他已经很累，想多陪家人。", "俱乐部感谢霍伦德多年的工作。"]
    spellings = iter(["Hollend", "Hollund", "Hollund"])
    written: dict[str, str] = {}

    def answer(request: Request) -> str:
        if request.task == "summarize":
            return "教练霍伦德上周宣布辞职，俱乐部感谢他多年的工作。"
        return written.setdefault(
            request.text, f"{next(spellings, 'Hollend')} did what he did, and all of them knew it."
        )

    def run(jobs, *args, **options):  # type: ignore[no-untyped-def]
        return (job.assemble([play(writing, *[answer] * 9)[0] for writing in job.writings]) for job in jobs)

    monkeypatch.setattr(pipeline, "run", run)
    (section,) = Summarizer.digest(causal, "\n".join(zh)).sections
    texts = [section.title.en, section.summary.en, *(paragraph.en for paragraph in section.paragraphs)]
    assert sum("Hollund" in text or "Hollend" in text for text in texts) >= 4
    assert len({name for text in texts for name in ("Hollund", "Hollend") if name in text}) == 1
    translations = list(causal.translate_article("\n".join(zh)))
    assert len(translations) == 3
    assert len({name for t in translations for name in ("Hollund", "Hollend") if name in t.en}) == 1


def test_many_articles_come_in_order_and_as_alone(causal: Summarizer) -> None:
    texts = [UNHEADED, HEADED, TRADITIONAL]
    together = list(causal.digest_many(iter(texts)))
    assert together == [causal.digest(text) for text in texts]


def test_paths_texts_and_bytes(causal: Summarizer, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(UNHEADED.encode("gb18030"))
    from_text, from_path, from_bytes = causal.digest_many([UNHEADED, path, UNHEADED.encode("utf-16")])
    assert from_path.source == str(path)
    assert from_text.sections == from_path.sections
    assert [p.en for p in from_bytes.sections[0].paragraphs] == [p.en for p in from_text.sections[0].paragraphs]


def test_bad_articles_are_left_out_if_somebody_is_told(causal: Summarizer, tmp_path: Path) -> None:
    bad = tmp_path / "english.txt"
    bad.write_text("No Chinese here.")
    told: list[tuple[object, str]] = []
    found = list(
        causal.digest_many([bad, UNHEADED, tmp_path / "missing.txt"], on_error=lambda a, e: told.append((a, str(e))))
    )
    assert len(found) == 1
    assert [article for article, _ in told] == [bad, tmp_path / "missing.txt"]
    with pytest.raises(InputError, match="no Chinese"):
        list(causal.digest_many([UNHEADED, bad]))
    assert causal.digest(UNHEADED) == found[0]  # the error left nothing in the engine


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


def test_invisible_characters_of_a_passage_are_left_out(causal: Summarizer) -> None:
    assert causal.translate("到场的有1\u200b8人。") == causal.translate("到场的有18人。")


@pytest.mark.parametrize("options", [{"summary_chars": 5}, {"summary_chars": 5000}, {"sections": 0}])
def test_numbers_out_of_range(options: dict[str, int]) -> None:
    with pytest.raises(InputError, match="give a number"):
        Summarizer(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "error"),
    [({"device": "tpu"}, EngineError), ({"engine": "x"}, EngineError), ({"glossary": {"夜": 5}}, GlossaryError)],
)
def test_wrong_settings_are_refused_at_once(options: dict[str, Any], error: type[SummarizeError]) -> None:
    with pytest.raises(error):
        Summarizer(**options)


def test_one_article_instead_of_many(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no Chinese"):
        next(Summarizer(cache_dir=str(tmp_path)).digest_many("Only English."))
    told: list[Any] = []
    given: list[Any] = [None, 5, ""]
    assert list(Summarizer(cache_dir=str(tmp_path)).digest_many(given, on_error=lambda it, _: told.append(it))) == []
    assert told == given


def test_unknown_models_and_devices(tiny_causal: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match="no model"):
        Summarizer("no-such-model").digest(UNHEADED)
    with pytest.raises(EngineError, match="device"):
        Summarizer(tiny_causal, device="tpu", cache_dir=str(tmp_path)).digest(UNHEADED)  # type: ignore[arg-type]


def test_bad_input_needs_no_model() -> None:
    with pytest.raises(InputError, match="empty"):
        Summarizer("no-such-model").digest("  \n ")


def test_names_of_a_heading_are_those_of_its_story() -> None:
    text = "桐乡丨梧桐里社区: 板凳上的议事会"
    known = ground(["陆桂芳是桐乡市梧桐里社区的党委书记,梧桐里社区有居民2180户。"])[0]
    items = with_names_of(text, ground([text])[0], known)
    assert "Wutongli Community" in [item.renderings[0] for item in items if item.zh == "梧桐里社区"]
    assert all(text[item.start : item.end] == item.zh for item in items)
    assert all(left.end <= right.start for left, right in pairwise(items))


def test_one_model_with_its_adapter_writes_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = LocalModel("tiny", tmp_path, None, "1")
    adapted = LocalModel("tiny", tmp_path, None, "2", tmp_path / "adapter")
    loaded: list[LocalModel] = []

    def load(model: LocalModel, **_: object) -> SimpleNamespace:
        loaded.append(model)
        return SimpleNamespace(identity="none")

    monkeypatch.setattr(pipeline, "resolve", lambda name, *, adapter, **_: adapted if adapter else plain)
    monkeypatch.setattr(pipeline, "load_engine", load)
    Summarizer("tiny").load()
    assert loaded == [adapted]
    loaded.clear()
    Summarizer("tiny", adapter=False).load()
    assert loaded == [plain]


def test_a_model_that_could_not_be_loaded_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[object] = [EngineError("no memory"), SimpleNamespace(identity="none")]

    def load(model: LocalModel, **_: object) -> object:
        answer = answers.pop(0)
        if isinstance(answer, EngineError):
            raise answer
        return answer

    monkeypatch.setattr(pipeline, "resolve", lambda name, **_: LocalModel("tiny", tmp_path, None, "1"))
    monkeypatch.setattr(pipeline, "load_engine", load)
    summarizer = Summarizer("tiny")
    with pytest.raises(EngineError):
        summarizer.load()
    summarizer.load()
    assert answers == []
