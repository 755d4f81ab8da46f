"""A result as rows of a table: one an article, or one a section. docs/jobs.md lists the columns."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from summarize.digest import Digest
from summarize.packages import require

if TYPE_CHECKING:
    import pyarrow

Rows = Literal["article", "section"]


def to_lines(payload: bytes, rows: Rows) -> bytes:
    """JSON lines of a result: the digest with its id, or one object a section."""
    if rows == "article":
        return payload + b"\n"
    return b"".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for row in _section_rows(payload)
    )


def to_digest(payload: bytes) -> Digest:
    """The digest of a result."""
    return Digest.from_dict(json.loads(payload))


def to_table(payloads: Iterable[bytes], rows: Rows) -> pyarrow.Table:
    """Results as an Arrow table of `arrow_schema`."""
    import pyarrow

    if rows == "section":
        found = [row for payload in payloads for row in _section_rows(payload)]
    else:
        found = [json.loads(payload) for payload in payloads]
        for row in found:
            del row["schema"]
            for section in row["sections"]:
                section["findings"] = section.pop("fidelity")["findings"]
    for row in found:
        row["models"] = list(row["models"].items())
    return pyarrow.Table.from_pylist(found, schema=arrow_schema(rows))


def arrow_schema(rows: Rows) -> pyarrow.Schema:
    """The columns of Parquet files.

    Raises:
        MissingPackageError: if pyarrow is not installed.
    """
    pyarrow = require("pyarrow")
    text, place = pyarrow.string(), pyarrow.int32()
    span = pyarrow.list_(place)
    paragraph = pyarrow.struct(
        [
            ("role", text),
            ("start", place),
            ("end", place),
            ("zh", text),
            ("en", text),
            ("confidence", pyarrow.float64()),
        ]
    )
    finding = pyarrow.struct(
        [
            *((name, text) for name in ("kind", "detail", "part")),
            *(("paragraph", place), ("item", text), ("source", span), ("target", span)),
        ]
    )
    bilingual = pyarrow.struct([("zh", text), ("en", text)])
    section = [
        *(("index", place), ("start", place), ("end", place), ("title", bilingual), ("summary", bilingual)),
        *(("paragraphs", pyarrow.list_(paragraph)), ("findings", pyarrow.list_(finding))),
    ]
    article = [("id", text), ("source", text), ("models", pyarrow.map_(text, text))]
    if rows == "section":
        return pyarrow.schema([*article, *section])
    return pyarrow.schema([*article, ("sections", pyarrow.list_(pyarrow.struct(section)))])


def _section_rows(payload: bytes) -> list[dict[str, Any]]:
    digest = json.loads(payload)
    own = {name: digest[name] for name in ("id", "source", "models")}
    rows = []
    for section in digest["sections"]:
        findings = section.pop("fidelity")["findings"]
        rows.append({**own, **section, "findings": findings})
    return rows
