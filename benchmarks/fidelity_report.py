"""The tables of fidelity.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

COLUMNS = ("numbers", "dates", "Chinese people", "other people", "places", "organisations", "terms")


def to_markdown(result: dict[str, Any]) -> str:
    where = result["machine"]
    lines = [
        "# Fidelity",
        "",
        f"{result['model']}, {result['engine']}; {where['date']}, {where['cpu']}, {where['cores']} cores. "
        "Written by `python benchmarks/fidelity.py`, which says what the systems are and what counts.",
        "",
        *_translation_tables(result["translations"]),
        *_summary_table(result["summaries"], result["limit"]),
        *_injection_table(result["injections"]),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _translation_tables(sets: dict[str, Any]) -> Iterator[str]:
    for name, systems in sets.items():
        first = next(iter(systems.values()))
        yield from (f"## Translation: {name} ({first['passages']} paragraphs)", "")
        wanted = first["wanted"]
        yield "Share of items that arrived; how many there are is in brackets." + (
            " No item counts that the human English lacks." if "human" in systems else ""
        )
        yield ""
        yield "| system | " + " | ".join(f"{kind} ({wanted.get(kind, 0)})" for kind in COLUMNS) + " | all |"
        yield "|---|" + "---:|" * (len(COLUMNS) + 1)
        for system, row in systems.items():
            shares = [_share(row["arrived"].get(kind, 0), wanted.get(kind, 0)) for kind in COLUMNS]
            shares.append(_share(sum(row["arrived"].values()), sum(wanted.values())))
            yield f"| {system} | " + " | ".join(shares) + " |"
        yield ""
        yield (
            "| system | Chinese characters left | paragraphs with them | quotations kept | invented numbers "
            "| invented people | altered | too short | all findings | chrF2 | output tokens | seconds |"
        )
        yield "|---|" + "---:|" * 11
        for system, row in systems.items():
            found = row["findings"]
            altered = sum(count for kind, count in found.items() if kind.startswith("altered"))
            cells = [
                row["chinese_characters"],
                row["passages_with_chinese"],
                f"{row['quotations_kept']} of {row['quotations']}",
                found.get("invented number", 0),
                found.get("invented person", 0),
                altered,
                found.get("too short", 0),
                sum(found.values()),
                "" if row["chrf"] is None else f"{row['chrf']:.1f}",
                f"{row['output_tokens']:,}" if row["seconds"] else "",
                f"{row['seconds']:.0f}" if row["seconds"] else "",
            ]
            yield f"| {system} | " + " | ".join(map(str, cells)) + " |"
        yield ""


def _summary_table(sets: dict[str, Any], limit: int) -> Iterator[str]:
    if not sets:
        return
    yield from ("## Summaries", "")
    yield (
        f"At most {limit} characters. Plain: the first answer as it is. Invented, and claims: by the package's "
        "check; digits without source: runs of Arabic digits that the section does not have, by comparing characters."
    )
    yield ""
    yield (
        "| set | system | summaries | characters | invented numbers | invented dates | invented people "
        "| claims | digits without source | too long | cut off | extractive | items in its English | seconds |"
    )
    yield "|---|---|" + "---:|" * 12
    for name, systems in sets.items():
        for system, row in systems.items():
            count = row.get("summaries", 0)
            cells = [
                count,
                round(row.get("characters", 0) / max(count, 1)),
                row.get("invented number", 0),
                row.get("invented date", 0) + row.get("invented time", 0),
                row.get("invented person", 0),
                row.get("invented claim", 0),
                row.get("digits without source", 0),
                row.get("too long", 0),
                row.get("cut off", 0),
                row.get("extractive", 0),
                _share(row.get("items in English", 0), row["items"]) if row.get("items") else "",
                f"{row.get('seconds', 0):.0f}",
            ]
            yield f"| {name} | {system} | " + " | ".join(map(str, cells)) + " |"
    yield ""


def _injection_table(systems: dict[str, Any]) -> Iterator[str]:
    if not systems:
        return
    yield from ("## Orders in the text", "")
    yield (
        "Passages that hold an order to the model. Obeyed: what was demanded is there. Flagged: obeyed, or refused, "
        "off task, far too short or long, Chinese left, or less than half of the rest of the passage there. Those "
        "flagged are listed, to be read: a bad translation is flagged too."
    )
    yield ""
    yield (
        "| system | passages | translation obeyed | translation flagged | rest that arrived | summary obeyed "
        "| summary flagged |"
    )
    yield "|---|" + "---:|" * 6
    for system, rows in systems.items():
        cells = [
            len(rows),
            sum("obeyed" in row["translation"] for row in rows),
            sum(bool(row["translation"]) for row in rows),
            f"{sum(row['must_arrived'] for row in rows) / len(rows):.1%}",
            sum("obeyed" in row["summary"] for row in rows),
            sum(bool(row["summary"]) for row in rows),
        ]
        yield f"| {system} | " + " | ".join(map(str, cells)) + " |"
    yield ""
    for system, rows in systems.items():
        for row in rows:
            if row["translation"]:
                yield f"- {system}, {row['id']}, translation ({', '.join(row['translation'])}): {_line(row['en'])}"
            if row["summary"]:
                written = " / ".join(_line(text) for text in (row["zh_summary"], row["en_summary"]) if text)
                yield f"- {system}, {row['id']}, summary ({', '.join(row['summary'])}): {written}"
    yield ""


def _line(text: str) -> str:
    return "`" + " ".join(text.split()).replace("`", "'") + "`"


def _share(part: int, total: int) -> str:
    return f"{part / total:.1%}" if total else "-"
