"""Where the paragraphs of a text are: at line breaks, or found again where line breaks are missing or mean nothing.

Three kinds of text are told apart. In most, a line is a paragraph. In text of a scanner or an e-mail, lines break in
mid-sentence at one width: such lines are joined, and a paragraph then holds soft line breaks. In text that lost its
line breaks, headings, captions, bylines and sentences are told by their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from summarize.punctuation import BARS

LONG_PARAGRAPH = 2000  # characters; a longer paragraph is cut at sentence ends, so that every request stays small

_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"[^\S\r\n]*(?:\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029])\s*")
_SENTENCE = re.compile(r"[^。！？!?…]*[。！？!?…]+[”’」』）)】》\"']*|[^。！？!?…]+")
_BLANK = "\ufeff \t\u3000\xa0"

_WIDTHS = range(14, 81)  # characters; lines that break at one width are this wide
_SLACK = 2  # characters; a line may be shorter than the width, so that no sign stands at its start
_STOPS = tuple("。！？!?…；;：:”’」』）)】》〉〕]］#\"'")

_PAUSE = re.compile("[，。、；：,;]")
_CLAUSE_END = re.compile("(?:[，；;。！？!?…]|,(?!\\d))[”’」』）)】》\"']*")
_CUT = re.compile(r"([；;，,：:、])(?<!\d[,:](?=\d))[”’」』）)】》\"']*")
_WEAKNESS = {"；": 0.0, ";": 0.0, "，": 0.2, ",": 0.2, "：": 0.2, ":": 0.2, "、": 0.5}  # shares of the length

_UNBROKEN_LINES = 3  # a text of so few lines, as long as this, has lost its line breaks
_UNBROKEN_LINE = 600
_UNBROKEN_TEXT = 150  # of a single line
_SHORT, _FULL = 24, 120  # characters: shorter paragraphs take in what follows, up to this
_TITLE_LONGEST = 40
_WRITER = "(?:记者|記者|通讯员|通訊員|实习生|實習生|作者|撰文)"
_BYLINE = re.compile(
    rf"[（(【][^（()）。！？!?】]{{0,24}}{_WRITER}[^（()）。！？!?】]{{1,40}}[）)】]|[（(](?:完|本文完)[）)]"
)
_PERSON = r"[\u3400-\u9fff·]{2,4}"
_CREDIT = re.compile(
    rf"(?<=[。！？!?）)”])\s*(?:[（(]\s*)?(?:(?:[\w·]{{2,12}}[ \u3000])?{_PERSON}(?:[ \u3000、]{_PERSON}){{0,2}}"
    r"[ \u3000]?(?:摄影报道|摄|攝)(?![影像製制录])|[\u3400-\u9fff]{2,10}(?:供图|供圖))\s*[）)]?"
)
_REPORT = "(?:讯|訊|电|電|报道|報道|报导|報導|编辑|編輯|记者|記者)"
_HEADING = re.compile(
    rf"【(?![^】]{{0,40}}{_REPORT}[^】]{{0,20}}】)[^】\n]{{2,45}}】|"
    r"[■●◆★◎○□◇▶►]\s*(?=\S)|"
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、](?!\d))(?=\S)|"
    rf"[^{BARS}。！？!?；;，,：:“”\s（()）]{{2,12}}[{BARS}](?=\s*\S)"
)
_OPENING = re.compile(
    r"本报讯|本報訊|新华社[^。，]{2,20}[电電]|中新[社网網][^。，]{2,20}[电電]|"
    r"(?:责任编辑|責任編輯|责编|編輯|编辑|来源|來源|校对)[:：]"
)
_BODY = re.compile(  # with what body text begins that follows its title without a break
    r"近日|日前|昨[日天晚]|今[日天晨早年晚]|本周|上周|本月|上月|目前|去年|记者|記者|本报|本報|新华社|据悉|据介绍|随着|走进|"
    r"\d{1,4}年|\d{1,2}月\d{0,2}|\d{1,2}日|清晨|凌晨|上午|下午|早上|傍晚|每天|"
    r"在(?=[^，。]{2,14}[，,])|从(?=[^，。]{2,10}[，,])|“|「|[ \u3000]"
)
_BACK = re.compile(
    "[他她它]|[该該此这這那其但]|不过|而且|并且|同时|同時|此外|另外|据介绍|据悉|据了解|对此|随后|除了|目前|为此|因此|"
    "所以|”|』|」"
)
_SAID = re.compile("[^。！？!?“「『]{0,60}(?:说|說|道|表示|介绍|介紹|告诉|告訴|坦言|感慨)|[，,、的是…]")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range `[start, end)` of characters of the article's text."""

    start: int
    end: int


def sentences(text: str) -> list[Span]:
    """The sentences of a paragraph as spans that cover it without gaps; closing quotes stay with their sentence."""
    return [Span(m.start(), m.end()) for m in _SENTENCE.finditer(text)]


def clauses(text: str, shortest: int) -> list[Span]:
    """The clauses of a text as spans that cover it without gaps; those shorter than `shortest` stay with others."""
    ends = [match.end() for match in _CLAUSE_END.finditer(text) if match.end() < len(text)]
    edges = [0]
    for end in ends:
        if end - edges[-1] >= shortest and len(text) - end >= shortest:
            edges.append(end)
    return [Span(start, end) for start, end in pairwise([*edges, len(text)])]


def chunks(text: str, limit: int) -> list[Span]:
    """Cuts a text into spans without gaps: whole sentences, as many as fit into `limit` characters.

    A single sentence that has more is cut at its pauses into parts of about the same length, and within a clause only
    where it has no pause.
    """
    spans: list[Span] = []
    start = end = 0
    for sentence in sentences(text):
        if sentence.end - start > limit and end > start:
            spans.append(Span(start, end))
            start = end
        while sentence.end - start > limit:
            cut = _pause(text, start, sentence.end, limit)
            spans.append(Span(start, cut))
            start = cut
        end = sentence.end
    if end > start:
        spans.append(Span(start, end))
    return spans


def _pause(text: str, start: int, end: int, limit: int) -> int:
    """Where a sentence of more than `limit` characters is cut first."""
    wanted = start + (end - start) / -(-(end - start) // limit)  # parts of the same length
    pauses = [m for m in _CUT.finditer(text, start + 1, min(end, start + limit)) if m.end() < end]
    if not pauses:
        return start + limit
    return min(pauses, key=lambda m: abs(m.end() - wanted) + _WEAKNESS[m[1]] * limit).end()


def strip(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    while start < end and (text[start].isspace() or text[start] in _BLANK):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _BLANK):
        end -= 1
    return Span(start, end)


def without_soft_breaks(text: str) -> str:
    """A paragraph on one line: its soft line breaks are taken out, between Latin words they become spaces."""
    return _BREAK.sub(lambda m: " " if _between_words(text, m.start(), m.end()) else "", text)


def find_paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, in order, without surrounding white space; together they hold all that is not blank."""
    lines = [span for m in _LINE.finditer(text) if (span := strip(text, m.start(), m.end())).end > span.start]
    width = _wrap_width(text, lines)
    if width:
        lines = list(_joined(text, lines, width))
    elif sum(line.end - line.start for line in lines) >= _UNBROKEN_TEXT and len(lines) <= _UNBROKEN_LINES:
        lines = [part for line in lines for part in _parts(text, line, len(lines))]
    return [
        span
        for line in lines
        for piece in chunks(text[line.start : line.end], LONG_PARAGRAPH)
        if (span := strip(text, line.start + piece.start, line.start + piece.end)).end > span.start
    ]


def _wrap_width(text: str, lines: list[Span]) -> int:
    """The width at which lines break in mid-sentence, 0 if they do not."""
    if len(lines) < 5:
        return 0
    lengths = sorted(line.end - line.start for line in lines)
    width = lengths[int(len(lengths) * 0.95)]
    if width not in _WIDTHS:
        return 0
    broken = [line for line in lines[:-1] if text[line.end - 1] not in _STOPS]
    at_width = [line for line in broken if line.end - line.start >= width - _SLACK]
    prose = sum(_PAUSE.search(text, line.start, line.end - 1) is not None for line in lines) >= len(lines) / 3
    stops = any("。" in text[line.start : line.end] for line in lines)  # a list of titles has none
    wrapped = prose and stops and len(at_width) >= max(3, 0.6 * len(broken), 0.25 * len(lines))
    return width if wrapped else 0


def _joined(text: str, lines: list[Span], width: int) -> Iterator[Span]:
    """Lines as wide as the text are joined to the next, unless it is set off by a blank line or an indent."""
    indents = [line.start > 0 and text[line.start - 1] in _BLANK for line in lines]
    indented = 2 <= sum(indents) < len(lines) * 0.7  # then only an indent begins a paragraph
    start = 0
    for i, line in enumerate(lines):
        if i + 1 < len(lines):
            after = lines[i + 1]
            blank = len(re.findall(r"\r\n|[\r\n]", text[line.end : after.start])) > 1
            stopped = text[line.end - 1] in _STOPS and not indented  # few paragraphs end at the very width
            full = line.end - line.start >= (width if stopped else width - _SLACK)
            if full and not (blank or (indented and indents[i + 1])):
                continue
        yield Span(lines[start].start, line.end)
        start = i + 1


def _between_words(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and all(c.isascii() and c.isalnum() for c in (text[start - 1], text[end]))


def _parts(text: str, line: Span, lines: int) -> Iterator[Span]:
    """The paragraphs in a line that has lost its line breaks: headings, captions, bylines, groups of sentences."""
    if line.end - line.start < (_UNBROKEN_TEXT if lines == 1 else _UNBROKEN_LINE):
        yield line
        return
    start = line.start
    for end, closed in _cuts(text, line):
        if end > start and (closed or end - start >= _SHORT):
            yield Span(start, end)
            start = end
    if line.end > start:
        yield Span(start, line.end)


def _cuts(text: str, line: Span) -> Iterator[tuple[int, bool]]:
    """Where a paragraph may end, in order, and whether it must."""
    position = start = line.start
    while position < line.end:
        if text[position].isspace():
            position += 1
            continue
        heading = _HEADING.match(text, position, line.end)
        if heading is not None:
            end = heading.end() if heading.group().startswith("【") else _title_end(text, heading.end(), line.end)
            if end:
                yield position, True
                yield end, True
                position = start = end
                continue
        byline = _BYLINE.match(text, position, line.end)
        if byline is not None:
            yield position, True
            yield byline.end(), True
            position = start = byline.end()
            continue
        if position > start and _OPENING.match(text, position, line.end):
            yield position, True
            start = position
        end = _sentence_end(text, position, line.end)
        credit = _CREDIT.match(text, end, line.end)
        if credit is not None:
            yield position, True
            yield credit.end(), True
            position = start = credit.end()
            continue
        if position > start and not (_BACK.match(text, position) and end - start <= _FULL):
            yield position, False
            start = position
        position = end


def _sentence_end(text: str, position: int, limit: int) -> int:
    """The end of the sentence, or of the quotation that it opens; a byline or a heading ends it too."""
    depth = 0
    i = position
    while i < limit:
        c = text[i]
        if c in "“「『":
            depth += 1
        elif c in "”」』":
            depth = max(depth - 1, 0)
            if depth == 0 and text[i - 1] in "。！？!?…" and not _goes_on(text, i + 1, limit):
                return i + 1
        elif c in "。！？!?" and depth == 0:
            while i + 1 < limit and text[i + 1] in "。！？!?…”’」』）)":
                i += 1
            return i + 1
        elif (
            i > position and c in "（(【" and (_BYLINE.match(text, i, limit) or (c == "【" and _HEADING.match(text, i)))
        ):
            return i
        elif depth and i - position > LONG_PARAGRAPH:
            depth = 0  # a quotation that is never closed
        i += 1
    return limit


def _goes_on(text: str, position: int, limit: int) -> bool:
    """True if what follows a quotation belongs to its sentence: `他说。`, but not another quotation."""
    return _SAID.match(text, position, limit) is not None


def _title_end(text: str, position: int, limit: int) -> int:
    """Where the title that begins before `position` ends, since its sentence runs on into the text; 0 if nowhere."""
    spaces = []
    for match in _BODY.finditer(text, position + 4, min(position + _TITLE_LONGEST, limit)):
        title = text[position : match.start()].rstrip()
        if re.search(rf"[:：{BARS}、“「]$|[。；;，,]", title) or title.count("“") != title.count("”"):
            continue
        if not match.group().isspace():
            return match.start()
        spaces.append(match.start())
    return spaces[0] if len(spaces) == 1 else 0
