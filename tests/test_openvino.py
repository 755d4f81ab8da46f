"""The OpenVINO engine on tiny Qwen models, of the Hugging Face layout and as GGUF files of many kinds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import PAIRS, SUMMARIZE, TRANSLATE, run

from summarize.article import has_chinese
from summarize.engines import Backend, Request, load_engine
from summarize.engines.gguf_form import is_qwen, make_readable, write_qwen
from summarize.engines.openvino import OpenVINOEngine
from summarize.engines.transformers import TransformersEngine
from summarize.engines.weights import Tensor, Weights, read_gguf, read_qwen
from summarize.errors import EngineError, ModelCorruptError
from summarize.store import LocalModel, resolve

BACKENDS: tuple[Backend, ...] = ("openvino", "transformers")


def copy_fields(source: Path, writer: Any, architecture: str) -> None:
    """All that a GGUF file of a Qwen2 says beside its tensors, but for the type of the whole."""
    from gguf import GGUFReader, GGUFValueType

    for field in GGUFReader(source).fields.values():
        if not field.name.startswith("GGUF.") and field.name not in ("general.architecture", "general.file_type"):
            within = field.types[-1] if field.types[0] == GGUFValueType.ARRAY else None
            name = field.name.replace("qwen2", architecture)
            writer.add_key_value(name, field.contents(), field.types[0], sub_type=within)


def write_gguf(folder: Path, path: Path, kind: str, file_type: int, architecture: str = "qwen2") -> None:
    """The model of a folder as a GGUF file with matrices of a type of GGUF."""
    from gguf import GGMLQuantizationType, GGUFWriter
    from gguf.quants import quantize

    weights = read_qwen(folder)
    write_qwen(folder, path.with_suffix(".q8"), weights)
    writer = GGUFWriter(path, architecture)
    copy_fields(path.with_suffix(".q8"), writer, architecture)
    writer.add_file_type(file_type)
    for name, tensor in weights.tensors.items():
        packed = GGMLQuantizationType[kind] if len(tensor.shape) > 1 else GGMLQuantizationType.F32
        writer.add_tensor(name, quantize(tensor.rows(0, None), packed), raw_dtype=packed)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def cut(whole: Path, parts: list[Path]) -> None:
    """Cuts a GGUF file as llama.cpp does: the first part has all fields."""
    from gguf import GGUFReader, GGUFWriter

    reader = GGUFReader(whole)
    size = -(-len(reader.tensors) // len(parts))
    for number, part in enumerate(parts):
        writer = GGUFWriter(part, "qwen2")
        if number == 0:
            copy_fields(whole, writer, "qwen2")
            writer.add_file_type(reader.fields["general.file_type"].contents())
        writer.add_uint16("split.no", number)
        writer.add_uint16("split.count", len(parts))
        for tensor in reader.tensors[number * size : (number + 1) * size]:
            writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()


def load(path: Path, cache: Path) -> OpenVINOEngine:
    engine = load_engine(LocalModel("tiny", path, None, "0" * 64), device="cpu", cache_dir=str(cache))
    assert isinstance(engine, OpenVINOEngine)
    return engine


def translate(zh: str, max_tokens: int = 80) -> Request:
    return Request("translate", TRANSLATE, zh, max_tokens, latin=True)


@pytest.fixture(scope="module")
def engine(tiny_causal: Path, tmp_path_factory: pytest.TempPathFactory) -> OpenVINOEngine:
    return load(tiny_causal, tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize("name", ["tiny_causal", "tiny_qwen3"])
def test_qwen_of_the_hugging_face_layout(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    answers = run(load(request.getfixturevalue(name), tmp_path), [translate(zh) for zh, _ in PAIRS])
    assert [answer.text for answer in answers] == [en for _, en in PAIRS]
    assert all(answer.finished for answer in answers)


@pytest.mark.parametrize(
    ("kind", "file_type", "linked"), [("Q4_0", 2, True), ("Q5_0", 8, False), ("BF16", 32, False), ("F32", 0, False)]
)
def test_every_type_of_matrix_is_read(
    tiny_causal: Path, tmp_path: Path, kind: str, file_type: int, linked: bool
) -> None:
    path = tmp_path / "model.gguf"
    write_gguf(tiny_causal, path, kind, file_type)
    make_readable(path, tmp_path / "readable.gguf", read_gguf(path))
    assert (tmp_path / "readable.gguf").is_symlink() == linked
    answers = run(load(path, tmp_path / "cache"), [translate(zh) for zh, _ in PAIRS])
    assert [answer.text for answer in answers] == [en for _, en in PAIRS]


def test_a_file_in_parts(tiny_causal: Path, tmp_path: Path) -> None:
    parts = [tmp_path / f"tiny-0000{number}-of-00002.gguf" for number in (1, 2)]
    whole = tmp_path / "whole.gguf"
    write_gguf(tiny_causal, whole, "Q8_0", 7)
    cut(whole, parts)
    whole.unlink()
    for named in (tmp_path, *parts):
        model = resolve(named, cache_dir=tmp_path / "cache")
        answers = run(load_engine(model, device="cpu", cache_dir=str(tmp_path / "cache")), [translate(PAIRS[0][0])])
        assert answers[0].text == PAIRS[0][1]
    with pytest.raises(EngineError, match=r"tiny-00001-of-00002\.gguf and its other parts; use --engine openvino"):
        load_engine(model, device="cpu", backend="transformers", cache_dir=str(tmp_path / "cache"))
    parts[1].unlink()
    with pytest.raises(ModelCorruptError, match=r"lacks tiny-00002-of-00002\.gguf; fetch it too"):
        resolve(parts[0], cache_dir=tmp_path / "cache")


def test_what_is_rewritten_is_the_same_model(tiny_causal: Path, tmp_path: Path) -> None:
    import numpy as np
    from gguf import GGUFReader

    path, readable = tmp_path / "a.gguf", tmp_path / "b.gguf"
    write_gguf(tiny_causal, path, "Q5_0", 8)
    before = read_gguf(path)
    told: list[tuple[int, int]] = []
    make_readable(path, readable, before, lambda done, of: told.append((done, of)))
    asked, kept = (
        {name: field.contents() for name, field in GGUFReader(file).fields.items() if not name.startswith("GGUF.")}
        for file in (path, readable)
    )
    assert kept == asked | {"general.file_type": 7}
    after = read_gguf(readable)
    assert {name: tensor.shape for name, tensor in after.tensors.items()} == {
        name: tensor.shape for name, tensor in before.tensors.items()
    }
    for name, tensor in before.tensors.items():
        values = tensor.rows(0, None)
        assert np.abs(after.rows(name, 0, None) - values).max() <= np.abs(values).max() / 127
    assert told == [(done, len(before.tensors)) for done in range(len(before.tensors))]


def test_the_tokenizer_of_the_file_is_that_of_the_folder(tiny_causal: Path, tmp_path: Path) -> None:
    from transformers import AutoTokenizer

    write_qwen(tiny_causal, tmp_path / "model.gguf", read_qwen(tiny_causal))
    ours = AutoTokenizer.from_pretrained(tmp_path, gguf_file="model.gguf")
    theirs = AutoTokenizer.from_pretrained(tiny_causal)
    for text in (*(text for pair in PAIRS for text in pair), "<|im_start|>user\n<think>雨<|im_end|>", "a  b\n\n1234"):
        assert ours(text)["input_ids"] == theirs(text)["input_ids"]
    assert ours.chat_template == theirs.chat_template


@pytest.mark.parametrize(
    ("changes", "qwen"),
    [
        ({}, True),
        ({"model_type": "llama"}, False),
        ({"rope_scaling": {"rope_type": "yarn", "factor": 4.0}}, False),
        ({"use_sliding_window": True}, False),
        ({"quantization_config": {"quant_method": "gptq"}}, False),
    ],
)
def test_which_folders_openvino_runs(tiny_causal: Path, tmp_path: Path, changes: dict[str, Any], qwen: bool) -> None:
    shutil.copytree(tiny_causal, tmp_path, dirs_exist_ok=True)
    config = json.loads((tmp_path / "config.json").read_text("utf-8"))
    (tmp_path / "config.json").write_text(json.dumps(config | changes))
    assert is_qwen(tmp_path) == qwen


def test_a_matrix_of_odd_rows(tmp_path: Path) -> None:
    import numpy as np

    odd = Weights({"blk.0.attn_q.weight": Tensor((4, 40), lambda start, end: np.zeros((4, 40), np.float32)[start:end])})
    (tmp_path / "config.json").write_text('{"model_type": "qwen2"}')
    with pytest.raises(EngineError, match=r"attn_q\.weight, of \(4, 40\) numbers; use --engine transformers"):
        write_qwen(tmp_path, tmp_path / "model.gguf", odd)
    assert not (tmp_path / "model.gguf").exists()


@pytest.fixture
def copy(tiny_causal: Path, tmp_path: Path) -> Path:
    """The tiny model, to be changed."""
    shutil.copytree(tiny_causal, tmp_path / "model")
    return tmp_path / "model"


def change(folder: Path, name: str, **settings: Any) -> None:
    path = folder / name
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | settings), encoding="utf-8")


def test_an_output_matrix_of_its_own(copy: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    tensors = load_file(copy / "model.safetensors")
    head = 1.1 * tensors["model.embed_tokens.weight"]
    vocabulary = json.loads((copy / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    head[[vocabulary["2"], vocabulary["3"]]] = head[[vocabulary["3"], vocabulary["2"]]]
    save_file(tensors | {"lm_head.weight": head}, copy / "model.safetensors")
    change(copy, "config.json", tie_word_embeddings=False)
    model = resolve(copy, cache_dir=tmp_path)
    engines = [load_engine(model, device="cpu", backend=backend, cache_dir=str(tmp_path)) for backend in BACKENDS]
    ours, theirs = (run(engine, [translate(PAIRS[0][0])])[0].text for engine in engines)
    assert ours == theirs != PAIRS[0][1]


def test_shards_beside_an_adapter(copy: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    tensors = load_file(copy / "model.safetensors")
    (copy / "model.safetensors").unlink()
    names = sorted(tensors)
    shards = {name: f"model-0000{1 + number % 2}-of-00002.safetensors" for number, name in enumerate(names)}
    for shard in set(shards.values()):
        save_file({name: tensors[name] for name in names if shards[name] == shard}, copy / shard)
    (copy / "model.safetensors.index.json").write_text(json.dumps({"weight_map": shards}))
    save_file({"base_model.model.q.lora_A.weight": tensors[names[0]]}, copy / "adapter_model.safetensors")
    answers = run(load(copy, tmp_path / "cache"), [translate(PAIRS[0][0])])
    assert answers[0].text == PAIRS[0][1]


def test_settings_as_older_versions_wrote_them(copy: Path, tmp_path: Path) -> None:
    config = json.loads((copy / "config.json").read_text("utf-8"))
    theta = config.pop("rope_parameters")["rope_theta"]
    (copy / "config.json").write_text(json.dumps(config | {"rope_theta": theta, "rope_scaling": None}))
    tokenizer = json.loads((copy / "tokenizer.json").read_text("utf-8"))
    tokenizer["model"]["merges"] = [" ".join(merge) for merge in tokenizer["model"]["merges"]]
    (copy / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    answers = run(load(copy, tmp_path / "cache"), [translate(zh) for zh, _ in PAIRS])
    assert [answer.text for answer in answers] == [en for _, en in PAIRS]


def test_what_the_makers_say_of_context_and_ends(copy: Path, tmp_path: Path) -> None:
    change(copy, "generation_config.json", eos_token_id=[5, 6])
    engine = load(copy, tmp_path / "cache")
    assert engine.context == 512
    assert {5, 6} < engine._stop
    write_gguf(copy, tmp_path / "model.gguf", "Q8_0", 7)
    assert load(tmp_path / "model.gguf", tmp_path / "cache").context == 512


def test_a_folder_that_openvino_turns_out_not_to_run(copy: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    path = copy / "model.safetensors"
    save_file(load_file(path) | {"model.visual.weight": load_file(path)["model.norm.weight"]}, path)
    engine = load_engine(LocalModel("tiny", copy, None, "0" * 64), device="cpu", cache_dir=str(tmp_path / "cache"))
    assert isinstance(engine, TransformersEngine)
    assert run(engine, [translate(PAIRS[0][0])])[0].text == PAIRS[0][1]


def test_fields_that_are_not_copied(tiny_causal: Path, tmp_path: Path) -> None:
    import gguf

    path, readable = tmp_path / "a.gguf", tmp_path / "b.gguf"
    write_gguf(tiny_causal, tmp_path / "plain.gguf", "Q5_0", 8)
    plain = gguf.GGUFReader(tmp_path / "plain.gguf")
    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_custom_alignment(128)
    writer.add_uint32("qwen2.block_count", 2)
    for tensor in plain.tensors:
        writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    assert make_readable(path, readable, read_gguf(path))
    assert len(gguf.GGUFReader(readable).tensors) == len(plain.tensors)
    assert "general.alignment" not in gguf.GGUFReader(readable).fields


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_said_to_be_full(tiny_causal: Path, tmp_path: Path) -> None:
    (tmp_path / "model.gguf").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left on device"):
        write_qwen(tiny_causal, tmp_path / "model.gguf", read_qwen(tiny_causal))


def test_one_part_alone(tiny_causal: Path, tmp_path: Path) -> None:
    write_gguf(tiny_causal, tmp_path / "tiny-00002-of-00002.gguf", "Q8_0", 7)
    (tmp_path / "tiny-00002-of-00002.q8").unlink()
    with pytest.raises(ModelCorruptError, match=r"lacks tiny-00001-of-00002\.gguf"):
        resolve(tmp_path, cache_dir=tmp_path / "cache")
    write_gguf(tiny_causal, tmp_path / "zero-00001-of-00000.gguf", "Q8_0", 7)
    assert resolve(tmp_path / "zero-00001-of-00000.gguf", cache_dir=tmp_path / "cache").name == "zero-00001-of-00000"


def test_a_tensor_that_no_qwen_has(tiny_causal: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    shutil.copytree(tiny_causal, tmp_path / "model")
    path = tmp_path / "model" / "model.safetensors"
    save_file(load_file(path) | {"model.visual.weight": load_file(path)["model.norm.weight"]}, path)
    with pytest.raises(EngineError, match=r"holds model\.visual\.weight.*use --engine transformers"):
        read_qwen(tmp_path / "model")


def test_both_tasks_in_one_batch(engine: OpenVINOEngine) -> None:
    requests = [translate(zh) for zh, _ in PAIRS] + [Request("summarize", SUMMARIZE, zh, 80) for zh, _ in PAIRS]
    assert [answer.text for answer in run(engine, requests)] == [en for _, en in PAIRS] + [zh for zh, _ in PAIRS]


def test_batching_changes_no_answer(engine: OpenVINOEngine) -> None:
    requests = [translate(zh + PAIRS[0][0]) for zh, _ in PAIRS]
    assert run(engine, requests) == [run(engine, [request])[0] for request in requests]


def test_stops_at_max_tokens(engine: OpenVINOEngine) -> None:
    (answer,) = run(engine, [translate(PAIRS[0][0], max_tokens=3)])
    assert (answer.output_tokens, answer.finished) == (3, False)


def test_latin_lets_no_chinese_through(engine: OpenVINOEngine) -> None:
    asked = [Request("summarize", SUMMARIZE, zh, 40, latin=True) for zh, _ in PAIRS]
    assert not any(has_chinese(answer.text) for answer in run(engine, asked))
    assert has_chinese(run(engine, [Request("summarize", SUMMARIZE, PAIRS[0][0], 40)])[0].text)


class Pipeline:
    """A pipeline that notes how many requests it has taken."""

    def __init__(self, pipeline: Any) -> None:
        self.pipeline, self.taken = pipeline, 0
        self.step = pipeline.step

    def add_request(self, *arguments: Any) -> Any:
        self.taken += 1
        return self.pipeline.add_request(*arguments)


def shown(zh: str, examples: tuple[tuple[str, str], ...]) -> Request:
    return Request("translate", TRANSLATE, zh, 80, True, examples)


def test_examples_are_read_once_however_many_requests_come_together(tiny_causal: Path, tmp_path: Path) -> None:
    engine = load(tiny_causal, tmp_path)
    engine._pipeline = pipeline = Pipeline(engine._pipeline)
    some, others = tuple(PAIRS[:2]), tuple(PAIRS[2:4])
    requests = [
        *[shown(zh, some) for zh, _ in PAIRS[:6]],
        *[shown(zh, others) for zh, _ in PAIRS[:3]],
        *[translate(zh) for zh, _ in PAIRS[:2]],
    ]
    for key, request in enumerate(requests):
        engine.submit(key, request)
    assert pipeline.taken == 4  # one with each of the examples, and those without
    assert engine.pending == len(requests)
    answers: dict[Any, Any] = {}
    while engine.pending:
        answers |= engine.step()
    assert pipeline.taken == len(requests)
    assert [answers[key] for key in (9, 10)] == run(engine, requests[9:])
    assert [answers[key].text for key in range(9)] == [answer.text for answer in run(engine, requests[:9])]
    assert pipeline.taken == 2 * len(requests)
    engine.submit("known", requests[0])
    engine.submit("known too", requests[1])
    assert pipeline.taken == 2 * len(requests) + 2
    engine.clear()


def test_requests_cleared_while_they_wait_for_examples(tiny_causal: Path, tmp_path: Path) -> None:
    engine = load(tiny_causal, tmp_path)
    requests = [shown(zh, tuple(PAIRS[:2])) for zh, _ in PAIRS[2:5]]
    expected = [run(engine, [request])[0].text for request in requests]
    engine = load(tiny_causal, tmp_path)
    for key, request in enumerate(requests):
        engine.submit(key, request)
    engine.clear()
    assert not engine.pending
    assert engine.step() == []
    assert [answer.text for answer in run(engine, requests)] == expected


def test_nobody_waits_for_a_request_that_was_refused(
    tiny_causal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = load(tiny_causal, tmp_path)
    engine._pipeline = pipeline = Pipeline(engine._pipeline)

    def refuse(*_: Any) -> None:
        raise RuntimeError("no")

    request = shown(PAIRS[2][0], tuple(PAIRS[:2]))
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "add_request", refuse)
        with pytest.raises(EngineError, match="cannot take a request: no"):
            engine.submit("a", request)
    assert engine.pending == 0
    engine.submit("b", request)
    assert pipeline.taken == 1
    engine.clear()


def test_cleared_requests_never_come_back(engine: OpenVINOEngine) -> None:
    for zh, _ in PAIRS:
        engine.submit("old " + zh, translate(zh))
    engine.step()
    engine.clear()
    assert engine.pending == 0
    assert [answer.text for answer in run(engine, [translate(zh) for zh, _ in PAIRS])] == [en for _, en in PAIRS]


def test_too_long_a_text_is_refused(engine: OpenVINOEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "context", 40)
    with pytest.raises(EngineError, match="too long for this model, which takes 40"):
        engine.submit("a", translate(PAIRS[0][0] * 9))
    assert engine.pending == 0


@pytest.mark.parametrize("cut", [100, 2000, -64])
def test_a_damaged_file_is_named(tiny_causal: Path, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "model.gguf"
    write_gguf(tiny_causal, path, "Q8_0", 7)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(EngineError, match=r"model\.gguf cannot be read as GGUF .*fetch the model again"):
        load(path, tmp_path / "cache")


@pytest.mark.parametrize("architecture", ["gemma2", "gpt2", "granite"])
def test_an_architecture_that_openvino_does_not_know(tiny_causal: Path, tmp_path: Path, architecture: str) -> None:
    path = tmp_path / "model.gguf"
    write_gguf(tiny_causal, path, "Q8_0", 7, architecture)
    with pytest.raises(EngineError, match="use --engine transformers"):
        load(path, tmp_path / "cache")
