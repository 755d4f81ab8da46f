"""The OpenVINO engine on GGUF files made of the tiny causal model, of types of matrices that it reads and of others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import PAIRS, SUMMARIZE, TRANSLATE

from summarize.article import has_chinese
from summarize.engines import Completion, Request, load_engine
from summarize.engines.gguf_types import make_readable
from summarize.engines.openvino import OpenVINOEngine
from summarize.errors import EngineError
from summarize.store import LocalModel

# How the Hugging Face layout and GGUF call the same tensors of a layer.
LAYER = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}
WHOLE = {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight"}


def token_type(number: int, words: dict[int, str], added: dict[int, Any]) -> int:
    from gguf import TokenType

    if number in added:
        return TokenType.CONTROL if added[number]["special"] else TokenType.USER_DEFINED
    return TokenType.NORMAL if number in words else TokenType.UNUSED


def write_gguf(folder: Path, path: Path, kind: str, file_type: int, architecture: str = "qwen2") -> None:
    """The model of a folder (Qwen2) as a GGUF file, its matrices of a type of GGUF."""
    import gguf
    from gguf.quants import quantize
    from safetensors.numpy import load_file

    config = json.loads((folder / "config.json").read_text("utf-8"))
    tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_file_type(file_type)
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(config.get("rope_theta") or config["rope_parameters"]["rope_theta"])
    added = {token["id"]: token for token in tokenizer["added_tokens"]}
    words = {number: word for word, number in tokenizer["model"]["vocab"].items()}
    words |= {number: token["content"] for number, token in added.items()}
    size = config["vocab_size"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list([words.get(number, f"[PAD{number}]") for number in range(size)])
    writer.add_token_types([token_type(number, words, added) for number in range(size)])
    writer.add_token_merges([" ".join(merge) for merge in tokenizer["model"]["merges"]])
    writer.add_eos_token_id(config["eos_token_id"])
    writer.add_pad_token_id(config["pad_token_id"])
    writer.add_chat_template((folder / "chat_template.jinja").read_text("utf-8"))
    for name, values in load_file(folder / "model.safetensors").items():
        _, _, rest = name.partition("layers.")
        number, _, rest = rest.partition(".")
        module, _, part = rest.rpartition(".")
        called = WHOLE.get(name) or f"blk.{number}.{LAYER[module]}.{part}"
        values = values.astype("float32")
        if values.ndim == 1 or kind == "F32":
            writer.add_tensor(called, values)
        else:
            raw = gguf.GGMLQuantizationType[kind]
            writer.add_tensor(called, quantize(values, raw), raw_dtype=raw)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def load(path: Path, cache: Path, **options: Any) -> OpenVINOEngine:
    engine = load_engine(LocalModel("tiny", path, None, "0" * 64), device="cpu", cache_dir=str(cache), **options)
    assert isinstance(engine, OpenVINOEngine)
    return engine


def run(engine: OpenVINOEngine, requests: list[Request]) -> list[Completion]:
    for key, request in enumerate(requests):
        engine.submit(key, request)
    answers: dict[Any, Completion] = {}
    while engine.pending:
        answers |= engine.step()
    return [answers[key] for key in range(len(requests))]


def translate(zh: str, max_tokens: int = 80) -> Request:
    return Request("translate", TRANSLATE, zh, max_tokens, latin=True)


@pytest.fixture(scope="module")
def engine(tiny_causal: Path, tmp_path_factory: pytest.TempPathFactory) -> OpenVINOEngine:
    folder = tmp_path_factory.mktemp("tiny-gguf")
    write_gguf(tiny_causal, folder / "model.gguf", "Q8_0", 7)
    return load(folder / "model.gguf", folder / "cache")


@pytest.mark.parametrize(
    ("kind", "file_type", "linked"), [("Q4_0", 2, True), ("Q5_0", 8, False), ("BF16", 32, False), ("F32", 0, False)]
)
def test_every_type_of_matrix_is_read(
    tiny_causal: Path, tmp_path: Path, kind: str, file_type: int, linked: bool
) -> None:
    path = tmp_path / "model.gguf"
    write_gguf(tiny_causal, path, kind, file_type)
    make_readable(path, tmp_path / "readable.gguf")
    assert (tmp_path / "readable.gguf").is_symlink() == linked
    answers = run(load(path, tmp_path / "cache"), [translate(zh) for zh, _ in PAIRS])
    assert [answer.text for answer in answers] == [en for _, en in PAIRS]
    assert all(answer.finished for answer in answers)


def test_what_is_rewritten_is_the_same_model(tiny_causal: Path, tmp_path: Path) -> None:
    import numpy as np
    from gguf import GGUFReader
    from gguf.quants import dequantize

    write_gguf(tiny_causal, tmp_path / "a.gguf", "Q5_0", 8)
    make_readable(tmp_path / "a.gguf", tmp_path / "b.gguf")
    before, after = GGUFReader(tmp_path / "a.gguf"), GGUFReader(tmp_path / "b.gguf")
    kept = {name: field.contents() for name, field in after.fields.items() if not name.startswith("GGUF.")}
    asked = {name: field.contents() for name, field in before.fields.items() if not name.startswith("GGUF.")}
    assert kept == asked | {"general.file_type": 7}
    for old, new in zip(before.tensors, after.tensors, strict=True):
        assert (old.name, list(old.shape)) == (new.name, list(new.shape))
        values = dequantize(old.data, old.tensor_type)
        assert np.abs(dequantize(new.data, new.tensor_type) - values).max() <= np.abs(values).max() / 127


def test_progress_of_the_rewriting(tiny_causal: Path, tmp_path: Path) -> None:
    write_gguf(tiny_causal, tmp_path / "a.gguf", "Q5_0", 8)
    told: list[tuple[int, int]] = []
    make_readable(tmp_path / "a.gguf", tmp_path / "b.gguf", lambda done, of: told.append((done, of)))
    assert told == [(done, len(told)) for done in range(len(told))]
    assert len(told) > 20


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
        make_readable(path, tmp_path / "readable.gguf")


def test_an_architecture_that_openvino_does_not_know(tiny_causal: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    write_gguf(tiny_causal, path, "Q8_0", 7, architecture="gemma2")
    with pytest.raises(EngineError, match="use --engine transformers"):
        load(path, tmp_path / "cache")
