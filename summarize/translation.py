"""Chinese text becomes English: the requests, how answers are read, and the repair of those that fail the check.

What the grounding knows for certain is written into the source before the model reads it: 日均180余万件包裹 goes out
as 日均more than 1.8 million件包裹. Small models copy such words where they would get the Chinese wrong, and no prompt
gets longer by it (code-switching as lexical constraint: Song et al. 2019, https://aclanthology.org/N19-1044).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarize.article import Span, chunks, clauses, has_chinese, sentences, without_soft_breaks
from summarize.digest import Finding, Paragraph
from summarize.engines import Completion, Request
from summarize.english_usage import correct_usage, with_speech_joined
from summarize.fidelity import (
    check_translation,
    correct,
    correct_dates,
    said_once,
    unsaid_countries,
    unsaid_years,
    without_unsaid_years,
)
from summarize.fidelity.text import english_sentences
from summarize.grounding import Item, render_byline, render_caption_credit, render_lead_in
from summarize.grounding.item import items_within
from summarize.passages import Passage, cut, join
from summarize.punctuation import BARS, english_marks
from summarize.renderings import with_renderings
from summarize.scheduler import Writing, side_by_side

Examples = tuple[tuple[str, str], ...]

# With the turns of ChatML around it each instruction is 32 tokens before the text, a block of the engine's prefix
# cache; with its examples each is six blocks.
INSTRUCTION = (
    "Translate the Chinese news into fluent, accurate, complete English. Keep the English words in it. "
    "Write only the translation."
)
EXAMPLES: Examples = (  # written for this project
    (
        "据悉，Qinghe Town今年已建成8个便民服务点，办理各类事项more than 2,300件，群众满意度达98%。",
        "This year, Qinghe Town has set up eight service points for residents and handled more than 2,300 matters of "
        "all kinds, with 98% of the public satisfied.",
    ),
    (
        "“以前上山的路又窄又滑，现在修好了，心里踏实多了！”村民Zhou Guilan高兴地对记者说。",
        "“The road up the mountain used to be so narrow and slippery. Now that it has been repaired, I feel much more "
        "at ease!” villager Zhou Guilan happily told reporters.",
    ),
)
HEADLINE_INSTRUCTION = (
    "Translate the Chinese news headline into English. Keep the English words in it. "
    "Write only the translation, a short headline."
)
HEADLINE_EXAMPLES: Examples = (  # in the style of wire services: sentence case, the present tense, no full stop
    ("Hexi Subdistrict: 闲置厂房变身便民食堂", "Hexi Subdistrict: Idle factory turned into community canteen"),
    ("夜市搬进老厂房 居民多了好去处", "Night market moves into old factory, giving residents a new place to go"),
    (
        "业主代表表示，加装电梯的事“不能再拖”",
        "Installing elevators “cannot wait any longer,” says homeowners' representative",
    ),
    (
        "more than 300名志愿者冒雨清理河道垃圾 沿岸居民纷纷点赞",
        "More than 300 volunteers clear rubbish from the river in the pouring rain, winning praise from people on both "
        "banks",
    ),
)
REPAIR_INSTRUCTION = "Translate the Chinese news text into English completely.{words} Write only the translation."
REPAIR_WORDS = " Use these words exactly: {words}."

PASSAGE = 120  # characters of one request: small models drop sentences of longer ones, shorter ones read more examples
CLAUSE = 16  # characters; a sentence that still fails on its own is translated in clauses of so many or more
ROOM = 1000  # characters that a model must have room for if it is to read the examples too
TOKENS_PER_CHARACTER = 1.5  # English tokens that a Chinese character may need, generously
TOKENS_AT_LEAST = 48

_PREAMBLE = re.compile(
    r"(?:(?:sure|certainly|of course)[,!.]\s*)?"
    r"(?:here(?:'s| is)[^:\n]{0,40}\b(?:translat\w+|rendering|English version)\b[^:\n]{0,30}:\s*|"
    r"(?:english\s+)?translation\s*:\s*|\*\*[^*\n]{0,40}:?\*\*:?\s*)?",
    re.IGNORECASE,
)
# The site that headlines of news corpora end with, and models that learnt from them.
SITE = re.compile(r"\s*[-–—|_]+\s*(?:Xinhua\s?net|Xinhua|新华网|People's Daily Online|人民网)\.?$", re.IGNORECASE)
_FULL_STOP = re.compile(r"(?<=[a-z\d\"”)])(?<!\b[ap]\.m)\.$")  # not that of an abbreviation
_BAR = re.compile(rf"\s*[{BARS}]\s*")


@dataclass(frozen=True, slots=True)
class Translation:
    """English, and what the check still finds in it."""

    en: str
    findings: tuple[Finding, ...]


def translate(text: str, items: Sequence[Item], *, context: int = 4000, headline: bool = False) -> Writing[Translation]:
    """Translates a paragraph or a headline.

    Args:
        text: Chinese (text without any Chinese is returned as it is).
        items: what it says for certain, with offsets into `text`.
        context: characters of Chinese that the model can read and write at most.
        headline: whether it is a headline.
    """
    if not has_chinese(text):
        return Translation(text.strip(), ())
    if headline and (bars := list(_BAR.finditer(text))):
        return (yield from _translate_headline_parts(text, items, bars, context))
    if not headline and (opening := render_lead_in(text)):
        english, length = opening
        written = yield from translate(text[length:], items_within(items, length, len(text)), context=context)
        return respelled(written, text, f"{english} — {written.en}" if english else written.en, items)
    passages = cut(text, items, chunks(text, min(PASSAGE, max(1, context // 4))))
    instruction, examples = (HEADLINE_INSTRUCTION, HEADLINE_EXAMPLES) if headline else (INSTRUCTION, EXAMPLES)
    if context < ROOM:
        examples = ()
    drafts = yield from side_by_side([_translate_passage(passage, instruction, examples) for passage in passages])
    if headline and not text.rstrip().endswith("。"):
        drafts[-1] = replace(drafts[-1], en=_FULL_STOP.sub("", drafts[-1].en))
    written = _without_loops(text, items, _join(text, items, passages, drafts))
    return replace(written, en=with_speech_joined(written.en))


def translate_paragraph(paragraph: Paragraph, items: Sequence[Item], context: int) -> Writing[Translation]:
    """Translates a paragraph of an article: bylines and credits by rule, all else by the model.

    Args:
        paragraph: the paragraph with its role.
        items: what it says for certain, with offsets into its text without soft line breaks.
        context: characters of Chinese that the model can read and write at most.
    """
    text = without_soft_breaks(paragraph.zh)
    if paragraph.role in ("byline", "notice") and (en := render_byline(text)):
        return Translation(en, ())
    if paragraph.role == "caption" and (parts := render_caption_credit(text)):
        description, credit = parts
        if not description:
            return Translation(credit, ())
        own = [item for item in items if item.end <= len(description)]
        written = yield from translate(description, own, context=context)
        return respelled(written, text, f"{written.en} {credit}", items)
    return (yield from translate(text, items, context=context, headline=paragraph.role in ("heading", "subheading")))


def respelled(written: Translation, text: str, en: str, items: Sequence[Item]) -> Translation:
    """The translation of a text with its names in another spelling, or with what it opens with, checked again."""
    return Translation(en, _with_unseen(_check(text, en, items), [written]))


def _translate_passage(passage: Passage, instruction: str, examples: Examples) -> Writing[Translation]:
    """Translates a passage, and what the check finds at fault again: in sentences, then in clauses."""
    (draft,) = yield from _write([passage], instruction, examples)
    for in_clauses in (False, True):
        if draft.findings and not (in_clauses and len(clauses(passage.zh, CLAUSE)) < 2):
            draft = min(draft, (yield from _repair(passage, draft.en, in_clauses)), key=_badness)
    return draft


def _repair(passage: Passage, draft: str, in_clauses: bool) -> Writing[Translation]:
    """Translates the sentences of a passage that went wrong again, each on its own, naming what must arrive."""
    parts = cut(passage.zh, passage.items, sentences(passage.zh))
    english = _right_sentences(parts, draft)
    again = [
        cut(part.zh, part.items, clauses(part.zh, CLAUSE)) if in_clauses else [part]
        for part, en in zip(parts, english, strict=True)
        if en is None
    ]
    written = iter((yield from _write([piece for pieces in again for piece in pieces])))
    sentence = iter(_in_one(pieces, [next(written) for _ in pieces]) for pieces in again)
    return _join(
        passage.zh, passage.items, parts, [next(sentence) if en is None else Translation(en, ()) for en in english]
    )


def _in_one(pieces: Sequence[Passage], written: Sequence[Translation]) -> Translation:
    """A sentence of its clauses, to be checked with the others."""
    return Translation(join(pieces, [piece.en for piece in written]), _with_unseen((), written))


def _write(
    passages: Sequence[Passage], instruction: str | None = None, examples: Examples = ()
) -> Writing[list[Translation]]:
    """One request for each passage that needs the model; the others are written at once.

    Without an instruction each passage is asked for again, with the words that must arrive.
    """
    ready = [with_renderings(passage.zh, passage.items) for passage in passages]
    asked = [i for i, source in enumerate(ready) if has_chinese(source)]
    answers = yield [
        Request(
            "translate",
            instruction or _repair_instruction(passages[i]),
            ready[i],
            max_tokens(passages[i].zh),
            latin=True,
            examples=examples,
        )
        for i in asked
    ]
    drafts = [Translation(english_marks(source), ()) for source in ready]
    for i, answer in zip(asked, answers, strict=True):
        drafts[i] = _read(passages[i].zh, passages[i].items, answer)
    return drafts


def _repair_instruction(passage: Passage) -> str:
    words = "; ".join(dict.fromkeys(item.renderings[0] for item in passage.items if item.renderings))
    return REPAIR_INSTRUCTION.format(words=REPAIR_WORDS.format(words=words) if words else "")


def _right_sentences(parts: Sequence[Passage], draft: str) -> list[str | None]:
    """For each sentence its English in the draft if the check finds nothing there, else None.

    Sentences are told apart only where the draft has as many as the source, and all if none of them is at fault.
    """
    english = english_sentences(draft)
    if len(english) != len(parts):
        return [None] * len(parts)
    right = [
        None if check_translation(part.zh, en, part.items) else en for part, en in zip(parts, english, strict=True)
    ]
    return right if None in right else [None] * len(parts)


def _translate_headline_parts(
    text: str, items: Sequence[Item], bars: Sequence[re.Match[str]], context: int
) -> Writing[Translation]:
    """A headline such as 宝应丨物流园: 标题, part by part, so that the place cannot be lost in the sentence."""
    edges = [0, *(edge for bar in bars for edge in bar.span()), len(text)]
    parts = [Span(start, end) for start, end in list(pairwise(edges))[::2] if end > start]
    written = yield from side_by_side(
        [
            translate(
                text[span.start : span.end], items_within(items, span.start, span.end), context=context, headline=True
            )
            for span in parts
        ]
    )
    en = " | ".join(part.en for part in written if part.en)
    return Translation(en, _with_unseen(_check(text, en, items), written))


def _read(source: str, items: Sequence[Item], answer: Completion) -> Translation:
    """The answer without preamble, corrected where that needs no model, and checked."""
    en = _PREAMBLE.sub("", answer.text.strip(), count=1).strip()
    if len(en) > 1 and en[0] == en[-1] == '"' and en.count('"') == 2 and source[:1] not in '“「『"':
        en = en[1:-1].strip()
    if "新华" not in source and "人民网" not in source:
        en = SITE.sub("", en)
    en = without_unsaid_years(source, _rejoin(english_marks(en), items), items)
    en = correct_usage(correct_dates(correct(source, en, items), items))
    findings = _check(source, en, items)
    if not answer.finished and all(finding.kind != "cut off" for finding in findings):
        findings = (*findings, Finding("cut off", "the translation was cut off where it went on too long"))
    return Translation(en, findings)


def _join(
    source: str, items: Sequence[Item], passages: Sequence[Passage], english: Sequence[Translation]
) -> Translation:
    en = join(passages, [part.en for part in english])
    return Translation(en, _with_unseen(_check(source, en, items), english))


def _with_unseen(findings: Sequence[Finding], parts: Sequence[Translation]) -> tuple[Finding, ...]:
    """The findings, and those of the parts that no check of the text can see.

    An answer that reached its limit may end well all the same, and so does a loop that has been cut.
    """
    unseen = [f for part in parts for f in part.findings if f.kind in ("cut off", "repeated") and not f.target]
    return (*findings, *dict.fromkeys(f for f in unseen if f not in findings))


def _without_loops(source: str, items: Sequence[Item], written: Translation) -> Translation:
    """What no repair could stop is said once, and told all the same: what stood there in the Chinese is lost."""
    loops = [finding for finding in written.findings if finding.kind == "repeated"]
    if not loops:
        return written
    en = said_once(written.en)
    if en == written.en:
        return written
    findings = [finding for finding in _check(source, en, items) if finding.kind != "repeated"]
    return Translation(en, (replace(loops[0], target=None), *findings))


def _check(source: str, en: str, items: Sequence[Item]) -> tuple[Finding, ...]:
    """What is wrong with English of this package: it has marks in pairs, knows no years and leaves no country out."""
    findings = (*check_translation(source, en, items), *unsaid_years(source, en, items))
    told = {finding.source for finding in findings}
    findings += tuple(finding for finding in unsaid_countries(en, items) if finding.source not in told)
    closed = source.count("“") == source.count("”") and source.count("「") == source.count("」")
    if closed and '"' not in source and en.count('"') % 2:
        return (*findings, Finding("cut off", "a quotation is opened and not closed"))
    return findings


def max_tokens(source: str) -> int:
    """Where the translation of a passage is cut off at the latest."""
    return int(TOKENS_PER_CHARACTER * len(source)) + TOKENS_AT_LEAST


def _rejoin(text: str, items: Sequence[Item]) -> str:
    """Renderings that the model copied with spaces inside: 4, 700 for 4,700 and 8 p. m. for 8 p.m."""
    for item in items:
        for rendering in item.renderings[:1]:
            for word in re.findall(r"\S*\w[,.]\w\S*", rendering):
                text = text.replace(re.sub(r"([,.])(?=\w)", r"\1 ", word), word)
    return text


def _badness(draft: Translation) -> tuple[int, int]:
    worst = {"refused", "off task", "repeated", "untranslated", "too short", "cut off"}
    return sum(finding.kind in worst for finding in draft.findings), len(draft.findings)
