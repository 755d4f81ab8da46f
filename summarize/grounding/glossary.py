"""Glossaries: which English a Chinese term takes, from the built-in list and from a user's TSV, CSV and TBX files.

A TSV or CSV row is `zh, en[, variants]`, variants divided by `|`; a header is optional, several rows of one term are
its variants. A term with no English is left alone: it hides the entry of that name, or a shorter one inside it
(中药品 is not 中药 + 品). TBX is read in both of its forms, ISO 30042:2008 (`martif`) and :2019 (`tbx`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from summarize.article import has_chinese, readable
from summarize.errors import GlossaryError, unreadable
from summarize.grounding.ring_roads import ring_roads
from summarize.traditional import simplify

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_UNWANTED = ("deprecatedTerm", "supersededTerm", "obsoleteTerm")  # TBX administrative statuses, by their beginning

_COLUMNS = {"zh": 0, "en": 1, "variants": 2}
_HEADERS = {  # what tables call these columns, in small letters
    "zh": ("zh", "zh-cn", "zh-hans", "zh-hant", "zh-tw", "chinese", "中文", "汉语", "漢語", "原文", "source"),
    "en": ("en", "en-us", "en-gb", "english", "英文", "英语", "英語", "译文", "譯文", "target"),
    "variants": ("variants", "variant", "synonyms", "变体", "其他译法", "同义词"),
}

Row = tuple[int, str, str, str]  # line, zh, en, variants


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms and their English.

    Attributes:
        entries: Chinese term -> the English that counts as right, the one to write first; none: leave it alone.
        own: the terms that a user gave, in simplified characters; they go before all that the package knows.
    """

    entries: Mapping[str, tuple[str, ...]]
    own: frozenset[str] = frozenset()
    _starts: dict[str, list[tuple[str, str]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts: dict[str, list[tuple[str, str]]] = {}
        for zh in self.entries:
            key = simplify(zh)
            starts.setdefault(key[0], []).append((key, zh))
        for candidates in starts.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))
        object.__setattr__(self, "_starts", starts)

    def longest_at(self, text: str, position: int) -> str | None:
        """The longest term that simplified `text` has at `position`, as the glossary writes it."""
        for key, zh in self._starts.get(text[position], ()):
            if text.startswith(key, position):
                return zh
        return None


def load_glossary(sources: Iterable[str | Path | Mapping[str, str]] = ()) -> Glossary:
    """The built-in terms, overridden by each of `sources` in turn: a later one wins.

    Args:
        sources: paths of .tsv, .csv and .tbx files in UTF-8, and mappings of Chinese to English.

    Raises:
        GlossaryError: if a file cannot be read or a row is not a term with its English; it names file and line.
    """
    if isinstance(sources, (str, Path, Mapping)):
        sources = [sources]
    built_in = _built_in()
    entries: dict[str, tuple[str, ...]] = {}
    for source in sources:
        entries |= _from_mapping(source) if isinstance(source, Mapping) else _from_file(Path(source))
    return Glossary({**built_in.entries, **entries}, frozenset(map(simplify, entries))) if entries else built_in


@cache
def _built_in() -> Glossary:
    """Made once: it is asked for with each article and each term found in it."""
    entries = ring_roads()
    for table in ("terms.tsv", "calendar.tsv"):
        text = files("summarize.grounding").joinpath("data", table).read_text(encoding="utf-8")
        entries |= _entries(table, _rows_of_table(text, "\t", table))
    return Glossary(entries)


def _from_mapping(mapping: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    for zh, en in mapping.items():
        if not (isinstance(zh, str) and isinstance(en, str)):
            raise GlossaryError(f"The glossary has {en!r} for {zh!r}; give the English as text.")
    return _entries("the glossary given", [(n, zh, en, "") for n, (zh, en) in enumerate(mapping.items(), 1)])


def _from_file(path: Path) -> dict[str, tuple[str, ...]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise GlossaryError(f"{path} is not UTF-8; save the glossary as UTF-8.") from None
    except OSError as error:
        raise GlossaryError(unreadable(path, error)) from None
    match path.suffix.lower():
        case ".tsv" | ".txt":
            entries = _entries(str(path), _rows_of_table(text, "\t", str(path)))
        case ".csv":
            entries = _entries(str(path), _rows_of_table(text, ",", str(path)))
        case ".tbx" | ".xml":
            entries = _entries(str(path), _rows_of_tbx(text, str(path)))
        case _:
            raise GlossaryError(f"{path} is not .tsv, .csv or .tbx; name the glossary by its format.")
    if not entries:
        raise GlossaryError(f"{path} holds no Chinese term with its English; give it columns zh and en, or TBX.")
    return entries


def _entries(name: str, rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    entries: dict[str, tuple[str, ...]] = {}
    for line, zh, en, variants in rows:
        zh, renderings = readable(zh).strip(), [part.strip() for part in (en, *variants.split("|"))]
        if not zh:
            raise GlossaryError(f"{name}, line {line}: the Chinese term is empty; fill the column zh.")
        if any(has_chinese(rendering) for rendering in renderings):
            raise GlossaryError(
                f"{name}, line {line}: the English of {zh!r} holds Chinese; columns are zh, en, variants."
            )
        known = entries.get(zh, ())
        new = dict.fromkeys(rendering for rendering in renderings if rendering and rendering not in known)
        entries[zh] = (*known, *new)
    return entries


def _rows_of_table(text: str, delimiter: str, name: str) -> Iterator[Row]:
    # A TSV has no quotes: a slogan's quotation marks are part of the term.
    lines = StringIO(text, newline="")
    if delimiter == "\t":
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
    columns = _COLUMNS
    first = True
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            names = [cell.strip().lower() for cell in row]
            header = _columns_of(names) if first else {}
            if {"zh", "en"} <= header.keys():
                columns = header
            elif len(row) < 2:
                raise GlossaryError(f"{name}, line {reader.line_num}: expected columns zh and en, found one column.")
            elif columns == _COLUMNS and any(cell.strip() for cell in row[3:]):
                raise GlossaryError(
                    f"{name}, line {reader.line_num}: more than the columns zh, en, variants; put English that holds "
                    f"{'a comma in quotation marks' if delimiter == ',' else 'a tab in one column'}."
                )
            else:
                cells = {key: row[index] if index < len(row) else "" for key, index in columns.items()}
                yield reader.line_num, cells["zh"], cells["en"], cells.get("variants", "")
            first = False
    except csv.Error as error:
        raise GlossaryError(f"{name}, line {reader.line_num}: not a table ({error}); check its quotes.") from None


def _columns_of(names: Sequence[str]) -> dict[str, int]:
    """Which columns a header names, and where."""
    found = ((key, next((i for i, name in enumerate(names) if name in known), -1)) for key, known in _HEADERS.items())
    return {key: index for key, index in found if index >= 0}


def _rows_of_tbx(text: str, name: str) -> Iterator[Row]:
    for concept in _parse(text, name).iter():
        if _tag(concept) in ("termEntry", "conceptEntry"):
            chinese, english = _terms(concept, "zh"), _terms(concept, "en")
            if english:
                for zh in chinese:
                    yield int(concept.get("line", "0")), zh, english[0], "|".join(english[1:])


def _terms(concept: Element, language: str) -> list[str]:
    """The terms of one language: preferred ones first, withdrawn ones not at all."""
    found: list[tuple[bool, str]] = []
    for section in concept:
        tag = section.get("xml:lang", section.get(_LANGUAGE, "")).lower()
        if tag != language and not tag.startswith(f"{language}-"):
            continue
        for group in section.iter():
            if _tag(group) not in ("tig", "ntig", "termSec"):
                continue
            status = next((n.text or "" for n in group.iter() if n.get("type") == "administrativeStatus"), "")
            status = next((n.text or "" for n in group.iter() if _tag(n) == "administrativeStatus"), status).strip()
            term = next(("".join(n.itertext()).strip() for n in group.iter() if _tag(n) == "term"), "")
            if term and not status.startswith(_UNWANTED):
                found.append((not status.startswith("preferredTerm"), term))
    return [term for _, term in sorted(found, key=lambda item: item[0])]


def _parse(text: str, name: str) -> Element:
    """The XML tree. Entities are refused where they are declared: their expansion can fill the memory or read files."""
    builder = TreeBuilder()
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        builder.start(tag, {**attributes, "line": str(parser.CurrentLineNumber)})

    def refuse(*_: object) -> None:
        raise GlossaryError(
            f"{name}, line {parser.CurrentLineNumber}: declares XML entities; write the TBX without them."
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        raise GlossaryError(f"{name}, line {error.lineno}: not well-formed XML ({reason}).") from None
    return builder.close()


def _tag(element: Element) -> str:
    return element.tag.rpartition(":")[2]
