"""Learns a low-rank adapter (LoRA: Hu et al. 2021, https://arxiv.org/abs/2106.09685) of a causal model.

    python train.py MODEL_FOLDER OUT EXAMPLES.jsonl... [--config train.toml] [--start ADAPTER]

MODEL_FOLDER holds config.json, *.safetensors and the tokenizer. With --start, the training goes on from an adapter of
the same rank and targets. Only the answers are learnt, not the prompts. The same seed, examples and machine give the
same adapter; a run that was stopped goes on from its last checkpoint when it is started again. Writes the adapter in
peft's format, with log.jsonl beside it.

The earlier turns that requests begin with are read once for a batch and get no gradient. CUDA computes in bfloat16; a
CPU multiplies the frozen weights in 8-bit integers, as int8_linear.py tells.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from peft.helpers import disable_input_dtype_casting
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[2])]

from int8_linear import compile_quantisation, freeze, keep_freed_memory  # noqa: E402

from summarize.engines.prompt import PromptEncoder  # noqa: E402

WEIGHTS = "adapter_model.safetensors"  # as peft calls it
CHECKPOINT = "checkpoint"
POOL = 50  # batches whose examples are sorted by length together, so that little is padding


@dataclass(frozen=True)
class Config:
    """The settings of train.toml, which explains them."""

    seed: int
    rank: int
    alpha: int
    targets: list[str]
    learning_rate: float
    warmup: float
    tokens_per_step: int
    tokens_at_once: int
    tokens: int
    epochs: int
    clip: float
    save_every: int


@dataclass(frozen=True)
class Tokens:
    """The tokens of an example after those that it shares with others, and how many of them are its prompt."""

    shared: tuple[int, ...]
    ids: list[int]
    prompt: int


def encode(paths: Sequence[Path], tokenizer: Any) -> list[Tokens]:
    """The examples of some files as tokens, exactly as the package asks the model."""
    prompts = PromptEncoder(tokenizer)
    encoded = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            instruction, turns = row["instruction"], row.get("examples", ())
            prompt = prompts.encode(instruction, row["text"], turns)
            without = prompts.encode(instruction, "", turns)
            alike = takewhile(lambda pair: pair[0] == pair[1], zip(prompt, without, strict=False))
            shared = sum(1 for _ in alike) if turns else 0
            answer = [*prompts.encode_text(row["answer"]), tokenizer.eos_token_id]
            encoded.append(Tokens(tuple(prompt[:shared]), prompt[shared:] + answer, len(prompt) - shared))
    return encoded


def make_batches(examples: Sequence[Tokens], config: Config) -> list[list[Tokens]]:
    """The batches of the whole training, in order."""
    chance = random.Random(config.seed)
    order: list[Tokens] = []
    for _ in range(config.epochs):
        order += chance.sample(examples, len(examples))
    batches: list[list[Tokens]] = []
    mean = sum(len(example.ids) for example in examples) / len(examples)
    size = max(1, round(POOL * config.tokens_per_step / mean))
    for start in range(0, len(order), size):
        alike = sorted(order[start : start + size], key=lambda e: (e.shared, len(e.ids)))
        pool = list(_fill(alike, config.tokens_per_step))
        batches += chance.sample(pool, len(pool))
    if config.tokens:
        filled = 0
        for count, batch in enumerate(batches):
            filled += len(batch) * max(len(example.ids) for example in batch)
            if filled > config.tokens:
                return batches[: max(1, count)]
    return batches


def _fill(examples: Sequence[Tokens], tokens: int) -> Iterator[list[Tokens]]:
    batch: list[Tokens] = []
    for example in examples:
        if batch and ((len(batch) + 1) * len(example.ids) > tokens or example.shared != batch[0].shared):
            yield batch
            batch = []
        batch.append(example)
    if batch:
        yield batch


def read_shared(model: Any, batch: Sequence[Tokens], device: Any) -> Any:
    """Keys and values of the tokens that all examples of a batch begin with; None if there are none."""
    if not batch[0].shared:
        return None
    with torch.no_grad():
        ids = torch.tensor([batch[0].shared], device=device)
        return model.get_base_model().model(input_ids=ids, use_cache=True).past_key_values


def loss_of(model: Any, batch: Sequence[Tokens], device: Any, past: Any = None) -> torch.Tensor:
    """The sum of the cross entropy of the tokens of the answers."""
    width = max(len(example.ids) for example in batch)
    # Padding stands at the right, where no token that counts can see it: no mask is needed.
    ids = torch.tensor([example.ids + [0] * (width - len(example.ids)) for example in batch], device=device)
    learnt = torch.zeros_like(ids, dtype=torch.bool)
    for row, example in enumerate(batch):
        learnt[row, example.prompt : len(example.ids)] = True
    if past is not None:
        past = copy.deepcopy(past)  # the forward pass adds to it
        past.batch_repeat_interleave(len(batch))
    inner = model.get_base_model()
    hidden = inner.model(input_ids=ids, past_key_values=past, use_cache=False).last_hidden_state
    # The vocabulary is a sixth of the work: only places that are learnt are read out.
    logits = inner.lm_head(hidden[:, :-1][learnt[:, 1:]])
    return torch.nn.functional.cross_entropy(logits.float(), ids[:, 1:][learnt[:, 1:]], reduction="sum")


def learn(model: Any, batch: Sequence[Tokens], device: Any, config: Config) -> float:
    """Adds the gradients of the mean loss of a batch, which goes through the model in parts; returns that loss."""
    past = read_shared(model, batch, device)
    answers = sum(len(example.ids) - example.prompt for example in batch)
    total = 0.0
    for part in _fill(batch, config.tokens_at_once):
        loss = loss_of(model, part, device, past) / answers
        loss.backward()
        total += loss.item()
    return total


def learning_rate(step: int, steps: int, config: Config) -> float:
    """A rise and then the fall of a cosine, to a tenth."""
    warm = max(1, round(config.warmup * steps))
    if step < warm:
        return config.learning_rate * (step + 1) / warm
    done = (step - warm) / max(1, steps - warm)
    return config.learning_rate * (0.1 + 0.45 * (1 + math.cos(math.pi * done)))


def save_checkpoint(folder: Path, model: Any, optimizer: Any, names: Sequence[str], step: int) -> None:
    """Adapter, optimizer and step, as safetensors; the last one stays until this one is whole."""
    state = optimizer.state_dict()["state"]
    tensors = {f"adapter.{name}": tensor for name, tensor in get_peft_model_state_dict(model).items()}
    for index, name in enumerate(names):
        for part, value in state[index].items():
            tensors[f"optimizer.{part}.{name}"] = torch.as_tensor(value).float()
    temporary = folder / f"{CHECKPOINT}.tmp"
    save_file({name: t.contiguous() for name, t in tensors.items()}, temporary, metadata={"step": str(step)})
    temporary.replace(folder / f"{CHECKPOINT}.safetensors")


def load_checkpoint(folder: Path, model: Any, optimizer: Any, names: Sequence[str]) -> int:
    """Goes back to the last checkpoint; returns how many steps were done."""
    from safetensors import safe_open

    path = folder / f"{CHECKPOINT}.safetensors"
    if not path.exists():
        return 0
    with safe_open(path, "pt") as file:
        step = int(file.metadata()["step"])
    tensors = load_file(path)
    adapter = {name.removeprefix("adapter."): t for name, t in tensors.items() if name.startswith("adapter.")}
    set_peft_model_state_dict(model, adapter)
    state: dict[int, dict[str, torch.Tensor]] = {
        index: {part: tensors[f"optimizer.{part}.{name}"] for part in ("step", "exp_avg", "exp_avg_sq")}
        for index, name in enumerate(names)
    }
    optimizer.load_state_dict({**optimizer.state_dict(), "state": state})
    return step


def train(
    model_folder: Path,
    out: Path,
    files: Sequence[Path],
    config: Config,
    start: Path | None = None,
    compiled: bool = False,
) -> None:
    """Trains from `start` or from nothing, or goes on training, and writes the adapter into `out`."""
    torch.manual_seed(config.seed)
    device = Accelerator().device
    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    model = AutoModelForCausalLM.from_pretrained(model_folder, dtype=torch.bfloat16, use_safetensors=True)
    lora = LoraConfig(r=config.rank, lora_alpha=config.alpha, target_modules=config.targets, task_type="CAUSAL_LM")
    model = get_peft_model(model, lora).to(device)
    if device.type == "cpu":
        keep_freed_memory()
        freeze(model)
        if compiled:
            compile_quantisation()
    if start is not None:
        set_peft_model_state_dict(model, load_file(start / WEIGHTS))
    named = [(name, weight) for name, weight in model.named_parameters() if weight.requires_grad]
    names, weights = [name for name, _ in named], [weight for _, weight in named]
    optimizer = torch.optim.AdamW(weights, lr=config.learning_rate, weight_decay=0.0)
    out.mkdir(parents=True, exist_ok=True)
    examples = encode(files, tokenizer)
    batches = make_batches(examples, config)
    first = load_checkpoint(out, model, optimizer, names)
    total = sum(len(batch) * max(len(example.ids) for example in batch) for batch in batches)
    print(f"{len(examples)} examples, {len(batches)} steps, {total} tokens; beginning at step {first}", flush=True)
    began, seen = time.monotonic(), 0
    for step in range(first, len(batches)):
        batch = batches[step]
        # The adapter is float32; autocast rounds it for the products instead of widening all activations.
        rounded = torch.autocast(device.type, torch.bfloat16, enabled=device.type != "cpu")
        with disable_input_dtype_casting(model), rounded:
            loss = learn(model, batch, device, config)
        torch.nn.utils.clip_grad_norm_(weights, config.clip)
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, len(batches), config)
        optimizer.step()
        optimizer.zero_grad()
        seen += len(batch) * max(len(example.ids) for example in batch)
        line = {"step": step + 1, "loss": round(loss, 4), "tokens/s": round(seen / (time.monotonic() - began))}
        with (out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        print(f"{step + 1}/{len(batches)} {line}", flush=True)
        if (step + 1) % config.save_every == 0 and step + 1 < len(batches):
            save_checkpoint(out, model, optimizer, names, step + 1)
    model.save_pretrained(out)
    settings = json.loads((out / "adapter_config.json").read_text(encoding="utf-8"))
    settings["base_model_name_or_path"] = None  # not the path of this machine
    (out / "adapter_config.json").write_text(json.dumps(settings, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    (out / "README.md").unlink(missing_ok=True)  # peft's form, to be filled in
    adapter = load_file(out / WEIGHTS)
    save_file({name: tensor.half().contiguous() for name, tensor in adapter.items()}, out / WEIGHTS)
    (out / f"{CHECKPOINT}.safetensors").unlink(missing_ok=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("examples", type=Path, nargs="+")
    parser.add_argument("--config", type=Path, default=HERE / "train.toml")
    parser.add_argument("--start", type=Path, help="the folder of an adapter to go on from")
    parser.add_argument("--compile", action="store_true", help="faster on a CPU; needs a C++ compiler")
    options = parser.parse_args()
    config = Config(**tomllib.loads(options.config.read_text(encoding="utf-8")))
    train(options.model, options.out, options.examples, config, options.start, options.compile)


if __name__ == "__main__":
    main()
