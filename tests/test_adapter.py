"""Adapters: read, merged, told from those of other models; what trains them."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from summarize import store
from summarize.engines import Request
from summarize.engines.adapter import CONFIG, WEIGHTS, merge, read_adapter, read_gguf_adapter
from summarize.engines.int8 import requantise
from summarize.engines.transformers import TransformersEngine
from summarize.engines.weights import read_gguf
from summarize.errors import EngineError, ModelCorruptError

peft = pytest.importorskip("peft")

SCRIPTS = Path(__file__).resolve().parents[1] / "models" / "qwen2.5-coder-1.5b-instruct" / "adapter"
LAYER = "model.layers.0.self_attn.q_proj"
EXAMPLES = [  # short enough to be learnt by heart
    ("Translate.", "春天来了。", "Spring is here."),
    ("Translate.", "下雨了。", "It rains."),
    ("Translate.", "村里修了路。", "The village built a road."),
    ("Summarize.", "村里修了路，通了车。", "村里修路通车。"),
]
TURNS = [("出太阳了。", "The sun is out.")]  # before what is translated


def write_adapter(folder: Path, rows: int, columns: int, *, rank: int = 2, **config: object) -> np.ndarray:
    """An adapter of one layer; returns what it adds to its weights."""
    from safetensors.numpy import save_file

    random = np.random.default_rng(3)
    a = random.normal(size=(rank, columns)).astype(np.float32)
    b = random.normal(size=(rows, rank)).astype(np.float32)
    folder.mkdir(exist_ok=True)
    prefix = f"base_model.model.{LAYER}"
    save_file({f"{prefix}.lora_A.weight": a, f"{prefix}.lora_B.weight": b}, folder / WEIGHTS)
    settings = {"peft_type": "LORA", "r": rank, "lora_alpha": 2 * rank, **config}
    (folder / CONFIG).write_text(json.dumps(settings))
    return 2 * b @ a


@pytest.fixture(scope="module")
def script() -> SimpleNamespace:
    """The modules of the scripts that make adapters."""
    import importlib.util

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module

    names = ("overlap", "int8_linear", "train", "translations", "summaries")
    return SimpleNamespace(**{name: load(name) for name in names})


@pytest.fixture(scope="module")
def trained(tiny_causal: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an adapter that train.py learnt for the tiny model, and its log."""
    folder = tmp_path_factory.mktemp("adapter")
    train(tiny_causal, folder / "out", folder)
    return folder / "out"


def train(model: Path, out: Path, folder: Path, start: Path | None = None, **config: object) -> None:
    lines = [
        json.dumps({"instruction": i, "text": zh, "answer": en, "examples": TURNS if i == "Translate." else []})
        for i, zh, en in EXAMPLES
    ]
    (folder / "examples.jsonl").write_text("\n".join(lines), encoding="utf-8")
    settings = (SCRIPTS / "train.toml").read_text(encoding="utf-8")
    changed = {"epochs": 40, "tokens_per_step": 256, "learning_rate": 2e-2, "save_every": 3, **config}
    kept = [line for line in settings.splitlines() if line.split(" = ")[0] not in changed]
    (folder / "train.toml").write_text("\n".join([*kept, *(f"{name} = {value}" for name, value in changed.items())]))
    command = [sys.executable, SCRIPTS / "train.py", model, out, folder / "examples.jsonl"]
    command += ["--config", folder / "train.toml", *(("--start", start) if start else ())]
    subprocess.run(command, check=True, timeout=300)


def read_log(out: Path) -> list[float]:
    return [json.loads(line)["loss"] for line in (out / "log.jsonl").read_text().splitlines()]


def test_training_lowers_the_loss(trained: Path) -> None:
    losses = read_log(trained)
    assert len(losses) > 10
    assert np.mean(losses[-3:]) < 0.6 * np.mean(losses[:3])
    assert not (trained / "checkpoint.safetensors").exists()


def test_earlier_turns_read_once_for_a_batch(script: SimpleNamespace, tiny_causal: Path, tmp_path: Path) -> None:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokens = script.train.Tokens
    rows = [{"instruction": i, "text": zh, "answer": en, "examples": TURNS} for i, zh, en in EXAMPLES[:3]]
    (tmp_path / "examples.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    batch = script.train.encode([tmp_path / "examples.jsonl"], AutoTokenizer.from_pretrained(tiny_causal))
    assert len({example.shared for example in batch}) == 1
    assert len(batch[0].shared) > 10
    whole = [tokens((), [*one.shared, *one.ids], len(one.shared) + one.prompt) for one in batch]
    model = peft.get_peft_model(AutoModelForCausalLM.from_pretrained(tiny_causal), peft.LoraConfig())
    config = SimpleNamespace(tokens_at_once=2 * max(len(one.ids) for one in batch))  # the batch goes through in two
    losses = [script.train.learn(model, batch, "cpu", config)]
    losses += [script.train.learn(model, whole, "cpu", SimpleNamespace(tokens_at_once=4096))]
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)
    other = [replace(batch[0], shared=()), *batch[1:]]
    assert [len(some) for some in script.train._fill(other, 4096)] == [1, 2]


def test_linear_layers_in_integers(script: SimpleNamespace) -> None:
    import torch
    from torch import nn

    torch.manual_seed(5)
    model = nn.Sequential(nn.Linear(64, 96), nn.Tanh(), nn.Linear(96, 32, bias=False)).bfloat16().requires_grad_(False)
    given = torch.randn(3, 7, 64)
    results = []
    for _ in range(2):
        x = given.clone().requires_grad_()
        y = model(x.to(next(iter(model[0].parameters())).dtype)).float()
        y.square().sum().backward()
        results.append((y.detach(), x.grad))
        script.int8_linear.freeze(model)
    assert model[0].weight.dtype == torch.int8
    for exact, found in zip(*results, strict=True):
        assert (found - exact).norm() < 0.02 * exact.norm()
        assert not torch.equal(found, exact)


def test_training_from_an_adapter_begins_with_what_it_learnt(tiny_causal: Path, trained: Path, tmp_path: Path) -> None:
    train(tiny_causal, tmp_path / "more", tmp_path, start=trained, epochs=3, learning_rate=1e-3)
    assert max(read_log(tmp_path / "more")) < 0.8 * max(read_log(trained))
    assert not (tmp_path / "more" / "checkpoint.safetensors").exists()


def test_merged_answers_as_unmerged(tiny_causal: Path, trained: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    ids = torch.arange(40, 60)[None]
    plain = AutoModelForCausalLM.from_pretrained(tiny_causal, dtype=torch.float32).eval()
    merged = AutoModelForCausalLM.from_pretrained(tiny_causal, dtype=torch.float32).eval()
    merge(merged, trained)
    beside = AutoModelForCausalLM.from_pretrained(tiny_causal, dtype=torch.float32).eval()
    beside = peft.PeftModel.from_pretrained(beside, trained).eval()
    with torch.inference_mode():
        before, after, unmerged = (model(ids).logits for model in (plain, merged, beside))
    assert torch.allclose(after, unmerged, atol=1e-3)
    assert not torch.allclose(before, after, atol=0.1)


def test_engine_merges_the_adapter_of_its_model(tiny_causal: Path, trained: Path, tmp_path: Path) -> None:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    beside = peft.PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(tiny_causal), trained)
    beside.merge_and_unload().save_pretrained(tmp_path)
    AutoTokenizer.from_pretrained(tiny_causal).save_pretrained(tmp_path)
    plain = store.resolve(tiny_causal)
    adapted = store.LocalModel(plain.name, plain.directory, None, plain.fingerprint, trained)
    answers = []
    for model in (plain, adapted, store.resolve(tmp_path)):
        engine = TransformersEngine(model, device="cpu")
        for number, (instruction, text, _) in enumerate(EXAMPLES):
            engine.submit(number, Request("translate", instruction, text, 20))
        answers.append(dict(engine.step()))
    assert answers[1] == answers[2] != answers[0]


def test_training_goes_on_where_it_was_stopped(tiny_causal: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    train(tiny_causal, tmp_path / "whole", tmp_path, epochs=8)
    # The checkpoint of a run that died after step 3: its steps, but the schedule of the whole run.
    command = (
        "import sys, train; save = train.save_checkpoint\n"
        "def save_and_die(*told):\n    save(*told); sys.exit(9)\n"
        "train.save_checkpoint = save_and_die; train.main()"
    )
    told = [tiny_causal, tmp_path / "halved", tmp_path / "examples.jsonl", "--config", tmp_path / "train.toml"]
    stopped = subprocess.run([sys.executable, "-c", command, *told], cwd=SCRIPTS, timeout=300)
    assert stopped.returncode == 9
    assert len(read_log(tmp_path / "halved")) == 3
    train(tiny_causal, tmp_path / "halved", tmp_path, epochs=8)
    assert read_log(tmp_path / "halved") == pytest.approx(read_log(tmp_path / "whole"), abs=2e-3)
    whole, halved = (load_file(tmp_path / name / WEIGHTS) for name in ("whole", "halved"))
    assert all(np.allclose(whole[name], halved[name], atol=2e-3) for name in whole)


def test_read_adapter(tmp_path: Path) -> None:
    delta = write_adapter(tmp_path / "a", 6, 4)
    ((name, (b, a)),) = read_adapter(tmp_path / "a").items()
    assert name == LAYER
    assert np.allclose(b @ a, delta)


@pytest.mark.parametrize("config", [{"use_dora": True}, {"peft_type": "LOHA"}, {"r": 0}])
def test_other_kinds_of_adapters_are_refused(tmp_path: Path, config: dict[str, object]) -> None:
    write_adapter(tmp_path, 6, 4, **config)
    with pytest.raises(EngineError, match="adapter"):
        read_adapter(tmp_path)


def test_damaged_adapter(tmp_path: Path) -> None:
    write_adapter(tmp_path, 6, 4)
    (tmp_path / WEIGHTS).write_bytes((tmp_path / WEIGHTS).read_bytes()[:-9])
    with pytest.raises(EngineError, match="cannot be read"):
        read_adapter(tmp_path)


def test_adapter_of_another_model(tiny_causal: Path, tmp_path: Path) -> None:
    from transformers import AutoModelForCausalLM

    write_adapter(tmp_path, 6, 4)
    with pytest.raises(EngineError, match="another model"):
        merge(AutoModelForCausalLM.from_pretrained(tiny_causal), tmp_path)


def write_gguf(path: Path, tensors: dict[str, np.ndarray]) -> None:
    from gguf import GGUFWriter

    writer = GGUFWriter(path, "qwen2")
    for name, tensor in tensors.items():
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def compressed_model(path: Path, matrices: list[np.ndarray]) -> None:
    """An OpenVINO model that multiplies its input by matrices whose names are lost, side by side."""
    import openvino
    from openvino import opset13 as ops

    given = ops.parameter([-1, matrices[0].shape[1]], openvino.Type.f32)
    outputs = []
    for matrix in matrices:
        scale = np.abs(matrix).max() / 9  # so coarse that what the file holds can be told from it
        values = np.rint(matrix / scale).astype(np.int8)
        weights = ops.multiply(ops.convert(ops.constant(values), "f32"), ops.constant(np.float32(scale)))
        outputs.append(ops.matmul(given, weights, False, True))
    openvino.save_model(openvino.Model(outputs, [given]), path, compress_to_fp16=False)


def products(path: Path, given: np.ndarray) -> list[np.ndarray]:
    import openvino

    return list(openvino.Core().compile_model(path, "CPU")([given]).values())


def is_near(found: np.ndarray, expected: np.ndarray, share: float) -> bool:
    return bool(np.abs(found - expected).max() < share * np.abs(expected).max())


@pytest.fixture
def matrices() -> tuple[np.ndarray, ...]:
    random = np.random.default_rng(5)
    return tuple(random.normal(size=(6, 6)).astype(np.float32) for _ in range(4))


def test_matrices_are_found_without_names(tmp_path: Path, matrices: tuple[np.ndarray, ...]) -> None:
    query, out, unknown, given = matrices
    write_gguf(tmp_path / "model.gguf", {"blk.0.attn_q.weight": query, "blk.0.attn_output.weight": out})
    compressed_model(tmp_path / "model.xml", [out, query, unknown])
    weights = read_gguf(tmp_path / "model.gguf")
    delta = write_adapter(tmp_path / "adapter", 6, 6)
    adapter = read_gguf_adapter(tmp_path / "adapter", weights)
    requantise(tmp_path / "model.xml", tmp_path / "bytes.xml", weights)
    requantise(tmp_path / "model.xml", tmp_path / "merged.xml", weights, adapter)
    before = products(tmp_path / "model.xml", given)
    plain, merged = (products(tmp_path / name, given) for name in ("bytes.xml", "merged.xml"))
    assert not is_near(before[0], given @ out.T, 0.02)
    assert is_near(plain[0], given @ out.T, 0.02)  # the values of the file, not of the engine's form of it
    assert is_near(plain[1], given @ query.T, 0.02)
    assert is_near(plain[2], before[2], 0.02)  # of one that the file lacks the engine's own
    assert is_near(merged[0], given @ out.T, 0.02)
    assert is_near(merged[1], given @ (query + delta).T, 0.02)


def test_rows_in_another_order_are_another_matrix(tmp_path: Path, matrices: tuple[np.ndarray, ...]) -> None:
    query, _, _, given = matrices
    write_gguf(tmp_path / "model.gguf", {"blk.0.attn_q.weight": query})
    swapped = query[[0, 2, 1, 3, 5, 4]]
    compressed_model(tmp_path / "model.xml", [swapped])
    requantise(tmp_path / "model.xml", tmp_path / "bytes.xml", read_gguf(tmp_path / "model.gguf"))
    (found,) = products(tmp_path / "bytes.xml", given)
    assert is_near(found, products(tmp_path / "model.xml", given)[0], 0.02)


def test_adapter_of_another_gguf_file(tmp_path: Path, matrices: tuple[np.ndarray, ...]) -> None:
    query, other, *_ = matrices
    write_adapter(tmp_path / "adapter", 6, 6)
    write_gguf(tmp_path / "lacks.gguf", {"blk.0.attn_output.weight": query})
    with pytest.raises(EngineError, match="another model"):
        read_gguf_adapter(tmp_path / "adapter", read_gguf(tmp_path / "lacks.gguf"))
    write_gguf(tmp_path / "differs.gguf", {"blk.0.attn_q.weight": query})
    compressed_model(tmp_path / "model.xml", [other])
    weights = read_gguf(tmp_path / "differs.gguf")
    with pytest.raises(EngineError, match="does not fit"):
        requantise(
            tmp_path / "model.xml",
            tmp_path / "merged.xml",
            weights,
            read_gguf_adapter(tmp_path / "adapter", weights),
        )


def test_card_names_its_adapter(
    tiny_causal: Path, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summarize.store.files import file_sha256

    card = tmp_path / "cards" / "tiny"
    shutil.copytree(trained, card / "adapter")
    files = [
        f'[[adapter]]\nname = "{name}"\nbytes = {(card / "adapter" / name).stat().st_size}\n'
        f'sha256 = "{file_sha256(card / "adapter" / name)}"\n'
        for name in (CONFIG, WEIGHTS)
    ]
    (card / "card.toml").write_text(
        'title = "Tiny"\nfamily = "causal"\ntasks = ["translate"]\nlicence = "Apache-2.0"\nhomepage = ""\n'
        f'context = 512\ntested = true\n[[sources]]\nkind = "path"\npath = "{tiny_causal}"\n' + "".join(files)
    )
    for module in ("card", "local"):
        monkeypatch.setattr(f"summarize.store.{module}.cards_directory", lambda: tmp_path / "cards")
    adapted = store.resolve("tiny", cache_dir=tmp_path / "cache")
    plain = store.resolve("tiny", adapter=False, cache_dir=tmp_path / "cache")
    assert (adapted.adapter, plain.adapter) == (card / "adapter", None)
    assert adapted.fingerprint != plain.fingerprint
    assert adapted.without_adapter() == plain.without_adapter() == plain
    (card / "adapter" / CONFIG).write_text("{}")
    with pytest.raises(ModelCorruptError, match="has been altered"):
        store.resolve("tiny", cache_dir=tmp_path / "cache")


def test_overlap(script: SimpleNamespace, tmp_path: Path) -> None:
    development = "昨天下午，市里召开了一次关于老旧小区改造的会议。"
    (tmp_path / "dev.jsonl").write_text(json.dumps({"sections": [{"zh": development}], "en": "A b c."}))
    overlap = script.overlap.Overlap(script.overlap.read_texts(tmp_path / "dev.jsonl"))
    assert overlap.has("据悉，昨天下午市里召开了一次关于老旧小区的讨论")
    assert not overlap.has("据悉，今天下午市里召开了一次关于新小区的讨论")
    english = script.overlap.Overlap(["One two three four five six seven eight nine ten eleven twelve thirteen."])
    assert english.has("x", "ONE, two three four five six seven eight nine ten eleven twelve thirteen fourteen")
    assert not english.has("two three four five six seven eight nine ten eleven twelve thirteen")


def test_translation_examples(script: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script.translations, "PLAIN", 0.4)
    pair = script.translations.Pair
    pairs = [
        pair("江苏宝应：三千户居民用上天然气", "Baoying, Jiangsu: 3,000 households get natural gas", "ref"),
        pair("该县去年改造了12个小区。", "The county renovated 12 communities last year.", "ref"),
        pair("王国军说，冬天不再冷了。", "Wang Guojun said winters are no longer cold.", "ref"),
        pair("共投资18亿元。", "A total of 1.7 billion yuan was invested.", "machine"),
        pair("工程共投资18亿元。", "Investment was large.", "ref"),
    ]
    none = script.overlap.Overlap([])
    examples, counts = script.translations.make_examples(pairs, none, seed=1)
    assert counts == {"kept": 3, "not good": 2}
    headline, *rest = examples
    assert headline.instruction == script.translations.HEADLINE_INSTRUCTION
    assert "".join(example.answer for example in rest).count("communities") == 1
    seen = {example.text for seed in range(8) for example in script.translations.make_examples(pairs, none, seed)[0]}
    assert any("Wang Guojun" in text for text in seen)  # what the English says is written into the Chinese,
    assert any("王国军" in text for text in seen)  # but not always


def test_chosen_summary(script: SimpleNamespace) -> None:
    story = script.summaries.Story(
        "江苏宝应改造12个老旧小区",
        ("江苏省宝应县去年改造了12个老旧小区，惠及三千户居民。", "居民王国军说，冬天不再冷了，水管也换成了新的。"),
    )
    wrong = "江苏省宝应县去年改造了15个老旧小区，惠及三千户居民，大家都说好，冬天不冷。"
    vague = "居民王国军说，冬天不再冷了，水管也换成了新的，这让三千户居民都很高兴，大家都说好。"
    right = "江苏省宝应县去年改造了12个老旧小区，惠及三千户居民，冬天不再冷，水管也是新的。"
    assert script.summaries.choose(story, [wrong, vague, right], [100, 100, 100]) == 2
    assert script.summaries.choose(story, [vague, right], [100, len(right) - 1]) == 0
    assert script.summaries.choose(story, [wrong], [100]) is None
