"""A section becomes a Chinese summary: the requests, how answers are read, what is done if one is not faithful."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarize.article import count_chinese, sentences
from summarize.digest import Finding
from summarize.engines import Request
from summarize.fidelity import change_as_in, check_summary, own_words, without_claims
from summarize.grounding import Item
from summarize.key_sentences import QUOTATION, best_sentences, key_sentences, opens_with_its_news
from summarize.punctuation import closing_marks
from summarize.scheduler import Writing
from summarize.traditional import in_script_of

INSTRUCTION = (
    "阅读下面的新闻，用一句到两句完整的话概括全文主要内容（{limit}字以内），包括地点、主体和事情，"
    "只写原文说到的事实。只写概括。"
)
HEADLINE_INSTRUCTION = "给下面的新闻拟一个标题，不超过20个字，写明地点和事情。只写标题。"

ASKED = 0.8  # of the bound: small models write a little more than they are asked for
READ = 4.0  # times the bound: so many characters of a section are read, its key sentences if it is longer
READ_AT_LEAST = 400  # characters
THIN = 0.4  # of the bound: a summary that has become shorter than that by what was cut from it is not taken
SHORTEST = 20  # characters; a summary says at least a sentence, where the section has one
LONGEST_HEADLINE = 40  # characters
NEWS = 120  # characters of a report that its headline is written from

_PREAMBLE = re.compile(
    r"(?:(?:好的|当然|當然)[，,。！!]\s*)?(?:(?:以下|下面)是[^：:\n]{0,20}[：:]\s*)?"
    r"(?:\*{0,2}(?:摘要|概括|总结|總結|标题|標題|导语|新闻摘要|新闻标题)\*{0,2}[：:]\s*\*{0,2})?"
)
_CLAUSE_END = re.compile(r"[，,；;、：:]")
_CLAUSE = re.compile(r"(?P<words>[^，,；;。！？!?]+)(?P<end>[，,；;。！？!?]+[”’」』]?|$)")
# Words that a clause may add without saying anything new: 切实打通“最后一公里” after 打通“最后一公里”.
_EMPHASIS = re.compile(r"(?:切实|真正|有效|从而|進而|进而|以|并|並|也|全力|着力|不断|努力|积极|成功|正式|进一步)*")
_REPEATED = 8  # characters; a shorter clause may say something of another

Grounder = Callable[[str], Sequence[Item]]


@dataclass(frozen=True, slots=True)
class Summary:
    """A Chinese summary and what the check still finds in it."""

    zh: str
    findings: tuple[Finding, ...]


def summarize_section(
    text: str, heading: str, items: Sequence[Item], limit: int, context: int, ground: Grounder
) -> Writing[Summary]:
    """Writes the summary of a section of at most `limit` characters.

    Of a long section the model reads the key sentences. Cut from its answer are clauses that the section does not bear
    out, and sentences with findings or with words that the section does not have. If little is left, the summary is
    made of the section's own sentences: what a small model writes at a second try is faithful more often, but says
    less. An answer that only repeats the heading is asked for again without it.

    Args:
        text: the body of the section.
        heading: its heading, which the summary must not only repeat; "" if there is none.
        items: what `text` says for certain.
        limit: characters.
        context: characters of Chinese that the model can read and write at most.
        ground: finds the items of a text that was written.
    """
    room = min(max(READ_AT_LEAST, READ * limit), context - 2 * limit - 120)  # beside instruction, heading and answer
    source = key_sentences(text, max(limit + 20, int(room)))
    whole = f"{heading}\n{text}"

    def check(zh: str) -> list[Finding]:
        found = check_summary(text, heading, zh, limit, summary_items=ground(zh), section_items=items)
        return [*found, *(Finding("invented", "", item="word", target=place) for place in own_words(whole, zh))]

    for asked in dict.fromkeys(("\n".join(filter(None, (heading, source))), source)):
        (answer,) = yield [summary_request(INSTRUCTION, asked, limit)]
        written = shorten(without_repeats(in_script_of(text, _read(answer.text))), limit)
        zh = without_claims(whole, written)
        zh = change_as_in(text, zh, ground(zh))
        findings = check(zh)
        zh = _without_findings(zh, findings)
        if len(zh) >= min(len(written), THIN * limit) and _says_enough(zh, text) and not (findings and check(zh)):
            return Summary(zh, ())
        if all(finding.kind != "heading repeated" for finding in findings):
            break
    detail = "no faithful summary could be written, so this one is made of the section's own sentences"
    return Summary(extract(text, limit), (Finding("extractive", detail, part="summary"),))


def write_headline(text: str, summary: str, ground: Grounder, items: Sequence[Item]) -> Writing[str]:
    """Writes a headline for a section that has none: from the beginning of a report that opens with its news, else from
    the summary; the first clause of that if no good one is written.

    Args:
        text: the body of the section.
        summary: its summary.
        ground: finds the items of a text that was written.
        items: what `text` says for certain.
    """
    source = shorten(text, NEWS) if opens_with_its_news(text) else summary
    (answer,) = yield [Request("summarize", HEADLINE_INSTRUCTION, source, 48)]
    lines = _read(answer.text).splitlines()
    headline = in_script_of(source, lines[0].strip(" 。.“”\"'《》【】*#")) if lines else ""
    findings = check_summary(
        source, "", headline, LONGEST_HEADLINE, summary_items=ground(headline), section_items=items
    )
    faithful = all(finding.kind in ("too short", "too long", "cut off") for finding in findings)
    if faithful and 4 <= len(headline) <= LONGEST_HEADLINE:
        return headline
    return re.split(r"[，,。；;！!？?]", source, maxsplit=1)[0][:LONGEST_HEADLINE]


def extract(text: str, limit: int) -> str:
    """A summary in the words of a text: the sentences that it opens with if they tell its news, else those that say
    most of it, as many as fit; the first is shortened if it does not fit itself.

    Quotations that a text opens with are left out if it says enough after them.
    """
    if len(text) > limit and not opens_with_its_news(text):
        best = best_sentences(text, limit)
        if _says_enough(best, text):
            return shorten(best, limit)
    text = re.sub(r"\s*\n\s*", "", text)
    for span in sentences(text):
        sentence = text[span.start : span.end]
        if not QUOTATION.search(sentence) or _says_enough(sentence, text):
            return shorten(text[span.start :], limit)
    return shorten(text, limit)


def without_repeats(summary: str) -> str:
    """The summary without clauses that an earlier clause says in the same words."""
    kept = ""
    for match in _CLAUSE.finditer(summary):
        words = _EMPHASIS.sub("", match["words"].strip(), count=1)
        if len(words) < _REPEATED or words not in kept:
            kept += match.group()
        elif match["end"][:1] in tuple("。！？!?"):
            kept = kept.rstrip("，,；;") + ("" if kept[-1] in "。！？!?" else match["end"])
    return kept


def summary_request(instruction: str, text: str, limit: int) -> Request:
    """Asks for a summary of at most `limit` characters."""
    return Request("summarize", instruction.format(limit=round(ASKED * limit)), text, limit + 16)


def _read(answer: str) -> str:
    """The answer without preamble, labels and line breaks."""
    text = _PREAMBLE.sub("", answer.strip(), count=1)
    text = re.sub(r"\s*\n\s*", "", text).strip(" *#\"'")
    quoted = text[:1] == "“" and text[-1:] == "”" and text.count("“") == 1
    return text[1:-1] if quoted else text


def shorten(text: str, limit: int) -> str:
    """Whole sentences up to `limit` characters; if the first is longer, its clauses; if need be, its characters."""
    kept = ""
    for span in sentences(text):
        sentence = text[span.start : span.end].strip()
        if len(kept) + len(sentence) > limit:
            break
        kept += sentence
    if kept:
        return kept if kept[-1] in "。！？!?…”’」』）)" else _shorten_sentence(kept, limit)
    return _shorten_sentence(text.strip(), limit)


def _shorten_sentence(sentence: str, limit: int) -> str:
    if not sentence:
        return ""
    if len(sentence) < limit and not closing_marks(sentence):
        return sentence.rstrip("，,；;、：:") + "。"
    clauses = [sentence[: match.start()] for match in _CLAUSE_END.finditer(sentence, 0, limit)]
    long_enough = [clause for clause in clauses if len(clause) >= min(SHORTEST, limit // 2)]
    whole = [clause for clause in long_enough if not closing_marks(clause)]
    kept = (whole or long_enough or [sentence[: limit - 1]])[-1].rstrip("，,；;、：:")
    closing = closing_marks(kept)
    return kept[: limit - 1 - len(closing)] + closing + "。"


def _without_findings(text: str, findings: Sequence[Finding]) -> str:
    """The sentences in which nothing was found."""
    places = [finding.target for finding in findings if finding.target]
    if len(places) < len(findings):  # something is wrong with the whole
        return ""
    kept = [
        text[span.start : span.end]
        for span in sentences(text)
        if not any(start < span.end and end > span.start for start, end in places)
    ]
    return "".join(kept).strip()


def _says_enough(zh: str, text: str) -> bool:
    """Whether a summary of a text says a sentence in its own words; what somebody said is not yet a summary."""
    least = min(SHORTEST, len(QUOTATION.sub("", text)))
    return len(QUOTATION.sub("", zh)) >= least and count_chinese(zh) >= 0.5 * least
