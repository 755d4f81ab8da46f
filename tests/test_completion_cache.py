"""Completions on disk: what is equal is found, what is damaged is dropped, and several processes share it."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from summarize import Summarizer
from summarize.completion_cache import FILE, CompletionCache
from summarize.engines import Completion, Request

REQUEST = Request("translate", "Translate.", "雨停了。", 40, latin=True)
ANSWER = Completion("The rain stopped.\ud800 ’", 12, 5, True)  # half a character too, which JSON keeps
WHO = {"translate": "1.0 model engine", "summarize": "1.0 model engine"}
ARTICLE = "雨停了。\n渔船安全返港。\n雨停了。\n他们修好了村里的桥。\n全县有4.8万人受益。"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cache.sqlite"


def opened(path: Path, who: dict[str, str] | None = None, **options: int) -> CompletionCache:
    return CompletionCache(path, who or WHO, **options)  # type: ignore[arg-type]


def test_what_is_put_is_found_again(path: Path) -> None:
    cache = opened(path)
    assert cache.get(REQUEST) is None
    cache.put(REQUEST, ANSWER)
    cut = Completion("", 1, 2, False)
    cache.put(replace(REQUEST, text=""), cut)
    for known in (cache, opened(path)):
        assert known.get(REQUEST) == ANSWER
        assert known.get(replace(REQUEST, text="")) == cut


@pytest.mark.parametrize(
    "other",
    [
        replace(REQUEST, task="summarize"),
        replace(REQUEST, instruction="Translate"),
        replace(REQUEST, instruction="Translate.雨", text="停了。"),
        replace(REQUEST, text="雨停了"),
        replace(REQUEST, max_tokens=41),
        replace(REQUEST, latin=False),
    ],
)
def test_another_request_is_not_found(path: Path, other: Request) -> None:
    cache = opened(path)
    cache.put(REQUEST, ANSWER)
    assert cache.get(other) is None


def test_another_engine_finds_nothing(path: Path) -> None:
    opened(path).put(REQUEST, ANSWER)
    assert opened(path, {"translate": "1.0 model other engine"}).get(REQUEST) is None


def test_it_stays_within_its_limit_and_the_oldest_go(path: Path) -> None:
    limit = 2**18
    cache = opened(path, limit=limit)
    many = [replace(REQUEST, text=str(i)) for i in range(1000)]
    for request in many:
        cache.put(request, replace(ANSWER, text="x" * 1000))
    cache.close()
    assert path.stat().st_size <= limit + 2**14
    found = [i for i, request in enumerate(many) if opened(path).get(request)]
    assert found == list(range(found[0], 1000)) and 100 < len(found) < 300


@pytest.mark.parametrize("damage", ["noise", "cut", "flipped", "other table", "another kind"])
def test_a_damaged_file_is_dropped_with_one_sentence(path: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    cache = opened(path)
    cache.put(REQUEST, ANSWER)
    for number in range(300):
        cache.put(replace(REQUEST, text=str(number)), ANSWER)
    cache.close()
    if damage in ("other table", "another kind"):
        with sqlite3.connect(path) as connection:
            if damage == "other table":
                connection.execute("DROP TABLE completions")
                connection.execute("CREATE TABLE completions (key)")
            else:
                connection.execute("UPDATE completions SET completion = 7")
        connection.close()
    else:
        data = path.read_bytes()
        if damage == "flipped":
            assert data.count(b"The rain stopped.") > 300
            data = data.replace(b"The rain stopped.", b"The rain started.")
        path.write_bytes(b"noise" * 1000 if damage == "noise" else data[:5000] if damage == "cut" else data)
    with caplog.at_level(logging.WARNING):
        assert opened(path).get(REQUEST) is None
        assert [record.getMessage() for record in caplog.records] == [
            f"The cache of completions {path} was damaged and has been dropped; a new one is begun."
        ]
        caplog.clear()
        again = opened(path)
        again.put(REQUEST, ANSWER)
        assert opened(path).get(REQUEST) == ANSWER
        assert not caplog.records


def test_without_a_usable_file_it_goes_on_with_one_sentence(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "cache"):
        caplog.clear()
        cache = opened(path)
        assert cache.get(REQUEST) is None
        cache.put(REQUEST, ANSWER)
        assert cache.get(REQUEST) is None
        assert len(caplog.records) == 1 and "going on without it" in caplog.text


def test_a_process_keeps_working_when_another_drops_the_file(path: Path) -> None:
    first = opened(path)
    first.put(REQUEST, ANSWER)
    for name in path.parent.iterdir():
        name.unlink()
    assert opened(path).get(REQUEST) is None
    first.put(replace(REQUEST, text="x"), ANSWER)
    assert first.get(REQUEST) in (None, ANSWER)
    second = opened(path)
    second.put(REQUEST, ANSWER)
    assert second.get(REQUEST) == ANSWER


WORKER = """
import sys
from pathlib import Path
from summarize.completion_cache import CompletionCache
from summarize.engines import Completion, Request

cache = CompletionCache(Path(sys.argv[1]), {"translate": "who"})
for number in range(150):
    request = Request("translate", "", str(number), 10)
    expected = Completion(f"answer {number}", number, number, True)
    found = cache.get(request)
    assert found in (None, expected), found
    cache.put(request, expected)
    assert cache.get(request) == expected
assert cache._usable
"""


def test_several_processes_share_it(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"noise" * 100)  # all of them find it damaged, and none drops what another has begun
    workers = [
        subprocess.Popen([sys.executable, "-c", WORKER, str(path)], stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    told = [worker.communicate(timeout=120)[1] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * 4, told
    assert sum("damaged" in text for text in told) == 1
    cache = opened(path, {"translate": "who"})
    assert all(cache.get(Request("translate", "", str(number), 10)) for number in range(150))
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM completions").fetchone()[0] == 150


# In the whole


def test_digests_are_the_same_bytes_with_and_without(tiny_causal: Path, tmp_path: Path) -> None:
    def digests(**options: bool | str | float) -> tuple[str, int]:
        requests = 0

        def report(statistics: object) -> None:
            nonlocal requests
            requests = statistics.finished - statistics.reused  # type: ignore[attr-defined]

        summarizer = Summarizer(tiny_causal, cache_dir=str(tmp_path), report=report, **options)  # type: ignore[arg-type]
        written = [digest.to_dict() for digest in summarizer.digest_many([ARTICLE, ARTICLE[::-1] + ARTICLE, ARTICLE])]
        return json.dumps(written), requests

    plain, all_requests = digests()
    assert not (tmp_path / FILE).exists()
    assert digests(cache=True) == (plain, all_requests)
    assert (tmp_path / FILE).exists()
    assert digests(cache=True) == (plain, 0)
    assert digests(cache=str(tmp_path / "own")) == (plain, all_requests)
    assert digests(memory=0.0001)[0] == plain
    with sqlite3.connect(tmp_path / FILE) as connection:  # some are known, some are not
        connection.execute("DELETE FROM completions WHERE id % 2 = 0")
    text, some = digests(cache=True)
    assert text == plain and 0 < some < all_requests


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    tmp_path.chmod(0o500)
    cache = opened(tmp_path / "cache")
    cache.put(REQUEST, ANSWER)
    assert cache.get(REQUEST) is None and len(caplog.records) == 1
