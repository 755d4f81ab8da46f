"""Which files of a directory make up a model, and whether they are whole."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

from summarize.errors import ModelCorruptError, ModelNotFoundError
from summarize.store.card import SAFE_SUFFIXES

_PICKLES = {".bin", ".pt", ".pth", ".ckpt", ".pkl"}
_PART = re.compile(r"(?P<name>.*)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf")  # as llama.cpp cuts large files
_HEADER_LIMIT = 100_000_000  # bytes; safetensors itself allows no longer header


def model_files(path: Path) -> tuple[str, ...]:
    """The names of the files that a model in a directory (or a `.gguf` file) is read from.

    The directory must hold `config.json` and `*.safetensors`, or one `.gguf`, which may be cut into parts. Weights that
    are cut off are found by their headers, without reading them.

    Raises:
        ModelNotFoundError: if there is no model, or more than one.
        ModelCorruptError: if a file is missing or cut off, or the weights are pickles only.
        OSError: if it cannot be read.
    """
    if path.is_file():
        if path.suffix != ".gguf":
            raise ModelNotFoundError(f"{path} is not a model; name a folder with *.safetensors, or a .gguf file.")
        parts = gguf_parts(path)
        for part in parts:
            _check_gguf(part)
        return tuple(part.name for part in parts)
    files = sorted(file for file in path.iterdir() if file.is_file())
    names = tuple(file.name for file in files if file.suffix in SAFE_SUFFIXES)
    ggufs = [file for file in files if file.suffix == ".gguf"]
    tensors = [file for file in files if file.suffix == ".safetensors"]
    if ggufs and ggufs != list(gguf_parts(ggufs[0])):
        raise ModelNotFoundError(f"{path} holds several .gguf files; name the one to use.")
    if not ggufs and not tensors:
        if any(file.suffix in _PICKLES for file in files):
            raise ModelCorruptError(
                f"{path} holds pickled weights only, which can run any code and are never read; "
                "convert them to safetensors."
            )
        raise ModelNotFoundError(f"{path} holds no model; it needs config.json and *.safetensors, or a .gguf file.")
    if tensors and not ggufs and "config.json" not in names:
        raise ModelCorruptError(f"{path} lacks config.json; copy it from where the weights came from.")
    for file in ggufs:
        _check_gguf(file)
    for file in tensors:
        _check_safetensors(file)
    for index in path.glob("*.safetensors.index.json"):
        _check_shards(index)
    return names


def gguf_parts(path: Path) -> tuple[Path, ...]:
    """A GGUF file, or all parts of it, in order, if it is one of `name-00001-of-00003.gguf` and so on.

    Raises:
        ModelCorruptError: if a part is missing.
    """
    cut = _part(path)
    if cut is None:
        return (path,)
    name, count = cut["name"], int(cut["count"])
    parts = tuple(path.with_name(f"{name}-{number:05}-of-{count:05}.gguf") for number in range(1, count + 1))
    if missing := [part.name for part in parts if not part.is_file()]:
        raise ModelCorruptError(f"{path.parent} lacks {missing[0]}; fetch it too.")
    return parts


def name_of(path: Path) -> str:
    """What a model is called after its folder or file: of a file in parts what they have in common."""
    cut = _part(path)
    return path.name if path.is_dir() else cut["name"] if cut else path.stem


def _part(path: Path) -> re.Match[str] | None:
    cut = _PART.fullmatch(path.name)
    return cut if cut and 0 < int(cut["number"]) <= int(cut["count"]) else None


def _check_gguf(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise ModelCorruptError(f"{path} is not a GGUF file; fetch it again.")


def _check_safetensors(path: Path) -> None:
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            if length > min(size, _HEADER_LIMIT):
                raise ValueError
            header = json.loads(file.read(length))
        ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
        whole = size == 8 + length + max(ends, default=0)
    except (struct.error, ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise ModelCorruptError(f"{path} is cut off or not a safetensors file; fetch it again.")


def _check_shards(index: Path) -> None:
    try:
        shards = set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values())
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ModelCorruptError(f"{index} is not an index of safetensors; fetch it again.") from None
    if missing := sorted(shard for shard in shards if not (index.parent / shard).is_file()):
        raise ModelCorruptError(f"{index.parent} lacks {missing[0]}; fetch it again.")
