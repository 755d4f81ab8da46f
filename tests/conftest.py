"""Tiny real models: trained for seconds when the tests begin, saved as safetensors, loaded like any user's folder.

They know the sentence pairs of `PAIRS` by heart, so what they write means something and can be compared.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarize.engines import Completion, Engine, Request

PAIRS = [
    ("社区新增车位286个。", "The community added 286 parking spaces."),
    ("沈海明是派出所所长。", "Shen Haiming heads the police station."),
    ("工厂去年出口增长三成。", "The factory's exports rose 30% last year."),
    ("会议于周二在长沙举行。", "The meeting was held in Changsha on Tuesday."),
    ("渔船安全返港。", "The fishing boat came back safely."),
    ("学校招收了120名新生,并新建了一座图书馆。", "The school took 120 new pupils and built a library."),
    ("夜市晚上六点开门。", "The night market opens at 6 p.m."),
    ("他们修好了村里的桥。", "They repaired the village bridge."),
    ("全县有4.8万人受益。", "Some 48,000 people in the county benefit."),
    ("雨停了。", "The rain stopped."),
    ("医生走进山区,为老人免费看病。", "Doctors went to the hills and treated the old for free."),
    ("警方找回了丢失的手机。", "Police found the lost phone."),
]
TRANSLATE = "Translate into English."
SUMMARIZE = "用中文概括。"

ENOUGH = 0.1  # loss of the worst token (90% sure of it), at which training stops

CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
# Qwen3's writes an empty thought before an answer that is to come, but not before earlier ones.
THINKING_TEMPLATE = CHAT_TEMPLATE.replace(
    "assistant\n{% endif %}",
    "assistant\n{% if enable_thinking is false %}<think>\n\n</think>\n\n{% endif %}{% endif %}",
)


@pytest.fixture(scope="session")
def tiny_causal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A two-layer Qwen2 with byte-level BPE and a chat template; translates and repeats `PAIRS`."""
    from transformers import Qwen2Config, Qwen2ForCausalLM

    return _make_qwen(tmp_path_factory.mktemp("tiny-causal"), Qwen2Config, Qwen2ForCausalLM, CHAT_TEMPLATE)


@pytest.fixture(scope="session")
def tiny_qwen3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of Qwen3: heads of a size of their own, and a template that shows that nothing was thought."""
    from transformers import Qwen3Config, Qwen3ForCausalLM

    return _make_qwen(
        tmp_path_factory.mktemp("tiny-qwen3"), Qwen3Config, Qwen3ForCausalLM, THINKING_TEMPLATE, head_dim=32
    )


def run(engine: Engine, requests: list[Request]) -> list[Completion]:
    """The answers of an engine, in the order of the requests."""
    for key, request in enumerate(requests):
        engine.submit(key, request)
    answers: dict[Any, Completion] = {}
    while engine.pending:
        answers |= engine.step()
    return [answers[key] for key in range(len(requests))]


def _make_qwen(folder: Path, config_class: Any, model_class: Any, template: str, **sizes: int) -> Path:
    from transformers import AutoTokenizer

    tokenizer = _byte_level_tokenizer(template)
    tokenizer.save_pretrained(folder)
    config = config_class(
        vocab_size=len(tokenizer) + 8,  # real vocabularies are padded too
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=512,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        tie_word_embeddings=True,
        **sizes,
    )
    config.save_pretrained(folder)
    # The class that is loaded for Qwen2 splits numbers into digits: train with what will be used.
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = _seeded(model_class, config)
    _train_causal(
        model,
        tokenizer,
        tokenizer.apply_chat_template(
            [{"role": "system", "content": "\0"}, {"role": "user", "content": "\0"}],
            tokenize=False,
            add_generation_prompt=True,
            enable_thinking=False,
        ),
    )
    # As Qwen ships it: an engine that decodes greedily must not follow these.
    model.generation_config.do_sample = True
    model.generation_config.temperature = 5.0
    model.generation_config.repetition_penalty = 5.0
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_gpt2(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A two-layer GPT-2: absolute positions (padding on the left shifts them), no chat template, no padding token."""
    from transformers import AutoTokenizer, GPT2Config, GPT2LMHeadModel

    folder = tmp_path_factory.mktemp("tiny-gpt2")
    tokenizer = _byte_level_tokenizer()
    tokenizer.save_pretrained(folder)
    config = GPT2Config(
        vocab_size=len(tokenizer),
        n_positions=256,
        n_embd=64,
        n_layer=2,
        n_head=4,
        bos_token_id=tokenizer.eos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
    )
    config.save_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = _seeded(GPT2LMHeadModel, config)
    _train_causal(model, tokenizer, "\0\n\0\n\n")
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Marian model as OPUS-MT ships them (source.spm, target.spm, vocab.json); translates `PAIRS`."""
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder = tmp_path_factory.mktemp("tiny-marian")
    pieces: dict[str, int] = {"</s>": 0, "<unk>": 1}
    for name, side in (("source", 0), ("target", 1)):
        processor = _train_sentencepiece([pair[side] for pair in PAIRS], folder / f"{name}.spm", size=300)
        for number in range(processor.get_piece_size()):
            pieces.setdefault(processor.id_to_piece(number), len(pieces))
    pieces["<pad>"] = len(pieces)
    (folder / "vocab.json").write_text(json.dumps(pieces, ensure_ascii=False), encoding="utf-8")
    tokenizer = MarianTokenizer(
        str(folder / "source.spm"),
        str(folder / "target.spm"),
        str(folder / "vocab.json"),
        source_lang="zho",
        target_lang="eng",
    )
    tokenizer.save_pretrained(folder)
    config = MarianConfig(
        vocab_size=len(pieces),
        d_model=64,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=128,
        decoder_ffn_dim=128,
        max_position_embeddings=128,
        dropout=0.0,
        scale_embedding=True,
        pad_token_id=pieces["<pad>"],
        eos_token_id=0,
        bos_token_id=0,
        decoder_start_token_id=pieces["<pad>"],
        forced_eos_token_id=0,
    )
    model = _seeded(MarianMTModel, config)
    sources = [tokenizer(zh)["input_ids"] for zh, _ in PAIRS]
    targets = [tokenizer(text_target=en)["input_ids"] for _, en in PAIRS]
    _train_seq2seq(model, sources, targets, pieces["<pad>"])
    model.generation_config.num_beams = 4
    model.generation_config.bad_words_ids = [[pieces["<pad>"]]]
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_mt5(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An mT5 with a trained sentencepiece; its summary of the Chinese of a pair is the Chinese up to the first mark."""
    from transformers import MT5Config, MT5ForConditionalGeneration, T5Tokenizer

    folder = tmp_path_factory.mktemp("tiny-mt5")
    processor = _train_sentencepiece(
        [text for pair in PAIRS for text in pair], folder / "spiece.model", size=400, pad_id=0, eos_id=1, unk_id=2
    )
    pieces = [
        (processor.id_to_piece(number), processor.get_score(number)) for number in range(processor.get_piece_size())
    ]
    tokenizer = T5Tokenizer(vocab=pieces, extra_ids=0)
    tokenizer.save_pretrained(folder)
    config = MT5Config(
        vocab_size=len(tokenizer),
        d_model=64,
        d_kv=16,
        d_ff=128,
        num_layers=2,
        num_heads=4,
        dropout_rate=0.0,
        pad_token_id=0,
        eos_token_id=1,
        decoder_start_token_id=0,
    )
    model = _seeded(MT5ForConditionalGeneration, config)
    sources = [tokenizer(zh)["input_ids"] for zh, _ in PAIRS]
    targets = [tokenizer(shortened(zh))["input_ids"] for zh, _ in PAIRS]
    _train_seq2seq(model, sources, targets, 0)
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_nllb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An NLLB: the language it is told to write decides whether it translates `PAIRS[:6]` or repeats them."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    folder = tmp_path_factory.mktemp("tiny-nllb")
    # Characters as the vocabulary: nothing to merge.
    letters = sorted({letter for pair in PAIRS for text in pair for letter in text if letter != " "})
    vocabulary = {token: number for number, token in enumerate(["<s>", "<pad>", "</s>", "<unk>", "▁", *letters])}
    tokenizer = NllbTokenizer(
        vocab=vocabulary,
        merges=[],
        src_lang="zho_Hans",
        tgt_lang="eng_Latn",
        additional_special_tokens=["eng_Latn", "fra_Latn", "zho_Hans"],
    )
    tokenizer.save_pretrained(folder)
    config = M2M100Config(
        vocab_size=len(tokenizer),
        d_model=64,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=128,
        decoder_ffn_dim=128,
        max_position_embeddings=128,
        dropout=0.0,
        attention_dropout=0.0,
        activation_dropout=0.0,
        encoder_layerdrop=0.0,
        decoder_layerdrop=0.0,
        scale_embedding=True,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        decoder_start_token_id=2,
    )
    model = _seeded(M2M100ForConditionalGeneration, config)
    sources = [tokenizer(zh)["input_ids"] for zh, _ in PAIRS[:6] for _ in range(2)]
    targets = [
        [tokenizer.convert_tokens_to_ids(code), *tokenizer(text, add_special_tokens=False)["input_ids"], 2]
        for pair in PAIRS[:6]
        for code, text in zip(("zho_Hans", "eng_Latn"), pair, strict=True)
    ]
    _train_seq2seq(model, sources, targets, 1, told=1)
    model.save_pretrained(folder)
    return folder


def shortened(zh: str) -> str:
    """What `tiny_mt5` learnt as the summary of a sentence."""
    return zh.replace(",", "。").split("。")[0] + "。"


def _seeded(kind: Any, config: Any) -> Any:
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(20)
        return kind(config)


def _byte_level_tokenizer(template: str | None = None) -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    inner = Tokenizer(models.BPE())
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"] if template else ["<|endoftext|>"]
    trainer = trainers.BpeTrainer(
        vocab_size=450,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    inner.train_from_iterator([*(text for pair in PAIRS for text in pair), TRANSLATE, SUMMARIZE], trainer)
    if not template:
        return PreTrainedTokenizerFast(tokenizer_object=inner, eos_token="<|endoftext|>")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=inner,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        additional_special_tokens=["<|im_start|>"],
        chat_template=template,
    )
    tokenizer.add_tokens(["<think>"])  # as in Qwen: it steers the model but is not marked as special
    return tokenizer


def _train_sentencepiece(lines: list[str], path: Path, *, size: int, **ids: int) -> Any:
    import sentencepiece

    with path.open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines),
            model_writer=file,
            vocab_size=size,
            hard_vocab_limit=False,
            character_coverage=1.0,
            num_threads=1,
            minloglevel=2,
            **{"bos_id": -1, "pad_id": -1, "unk_id": 0, "eos_id": 1} | ids,
        )
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def _train_causal(model: Any, tokenizer: Any, prompt: str) -> None:
    """Trains on prompts that have instruction and text in the places of the two NULs."""
    import torch

    rows: list[tuple[list[int], int]] = []
    for zh, en in PAIRS:
        for instruction, answer in ((TRANSLATE, en), (SUMMARIZE, zh)):
            # The parts are encoded one by one: that is how article text is kept from being read as control.
            before, between, after = prompt.split("\0")
            parts = [before, instruction, between, zh, after]
            start = [i for part in parts if part for i in tokenizer(part)["input_ids"]]
            end = [*tokenizer(answer)["input_ids"], tokenizer.eos_token_id]
            rows.append((start + end, len(start)))
    width = max(len(ids) for ids, _ in rows)
    ids = torch.tensor([ids + [0] * (width - len(ids)) for ids, _ in rows])
    mask = torch.tensor([[1] * len(ids) + [0] * (width - len(ids)) for ids, _ in rows])
    labels = torch.tensor([[-100] * start + ids[start:] + [-100] * (width - len(ids)) for ids, start in rows])
    _train(model, {"input_ids": ids, "attention_mask": mask, "labels": labels})


def _train_seq2seq(model: Any, sources: list[list[int]], targets: list[list[int]], pad: int, told: int = 0) -> None:
    """Trains to write `targets`, of which the first `told` tokens are given."""
    import torch

    width = max(map(len, sources))
    ids = torch.tensor([row + [pad] * (width - len(row)) for row in sources])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in sources])
    width = max(map(len, targets))
    start = model.config.decoder_start_token_id
    inputs = torch.tensor([[start, *row[:-1]] + [pad] * (width - len(row)) for row in targets])
    labels = torch.tensor([[-100] * told + row[told:] + [-100] * (width - len(row)) for row in targets])
    _train(model, {"input_ids": ids, "attention_mask": mask, "decoder_input_ids": inputs, "labels": labels})


def _train(model: Any, batch: dict[str, Any]) -> None:
    """Until every token of the answers is known by heart."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # for models so small, more threads only wait for each other
    model.train()
    labels = batch["labels"] if model.config.is_encoder_decoder else batch["labels"][:, 1:]
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.0)
    for _ in range(800):
        logits = model(**{name: tensor for name, tensor in batch.items() if name != "labels"}).logits
        losses = torch.nn.functional.cross_entropy(
            logits[:, : labels.shape[1]].flatten(0, 1), labels.flatten(), reduction="none"
        )
        if losses.max().item() < ENOUGH:
            break
        optimizer.zero_grad()
        losses[labels.flatten() != -100].mean().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
    assert losses.max().item() < ENOUGH, f"the tiny model did not learn its sentences: loss {losses.max().item():.3f}"
    torch.set_num_threads(threads)
    model.eval()
