"""What is wrong with a text as a whole: Chinese left in, loops, cut off, too short or long, refused, off task."""

from __future__ import annotations

import re
import zlib
from itertools import accumulate, pairwise

from summarize.article import count_chinese
from summarize.digest import Finding
from summarize.fidelity.wording import Place
from summarize.paragraphs import sentences

# Letters of English that a Chinese character becomes, and how far a text may be from that: of 2,000 human translations
# fewer than five are not within. The slack is for short sentences.
_LETTERS = 3.3
_SHORTEST, _SHORTEST_SLACK = 0.56, 12
_LONGEST, _LONGEST_SLACK = 2.4, 30

_FOREIGN = re.compile(
    r"[\u2e80-\u2fdf\u3000-\u303f\u3040-\u30ff\u3100-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    r"\uff00-\uffef\ufffd\U00020000-\U0003134f]+"
)
_REFERENCE = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|quot|amp|apos|nbsp|lt|gt|[lr][sd]quo);", re.IGNORECASE)
_MOJIBAKE = re.compile("â€.?|Ã[\x80-\xbf]|Â[\xa0\xa3\xa5\xb7]|ï¼.?")  # UTF-8 that was read as Latin-1 or Windows-1252
_REFUSAL = re.compile(
    r"\bI(?:'|’| a)m (?:very |so |truly )?(?:sorry, (?:but|I|as)\b|unable to\b|not able to\b)"
    r"|^\W*(?:I(?:'|’| a)m )?sorry\b"
    r"|\bI (?:cannot|can(?:'|’)?t|can not|won(?:'|’)?t) (?:\w+ )?"
    r"(?:assist|help (?:you|with)|translate|provide|comply|fulfil|fulfill|process)\b"
    r"|\bas an? (?:AI|artificial intelligence|language model|large language model)\b"
    r"|(?:很|非常)?抱歉[，,]|对不起[，,]|作为(?:一个|一名)?(?:AI|人工智能|(?:大型)?语言模型)|我(?:无法|不能)(?:为您|提供|协助|回答|翻译|总结|完成)",
    re.IGNORECASE,
)
# What a source says that a faithful text may repeat.
_REFUSING_SOURCE = re.compile(
    r"抱歉|对不起|遗憾|歉意|道歉|恐怕|不能|无法|没法|没办法|不会|AI|人工智能|语言模型|帮不", re.IGNORECASE
)
_PREAMBLE = re.compile(
    r"^\W*(?:(?:sure|certainly|of course|okay|absolutely)[,!.:]\s+)?"
    r"(?:here(?:'|’)?s|here is|here are|this is|below is|the following is) (?:the|an?|my|your)\b.{0,40}?"
    r"\b(?:translat\w+|English version|rendering|summary|HTML|JSON|Markdown|code)\b"
    r"|^\W*(?:the )?(?:English )?(?:translation|translated text|English version|English|summary|output|answer)\s*[:：]"
    r"|^\W*(?:(?:sure|certainly|absolutely)[,!] (?:here|I|the)|of course[,!] here)\b"
    r"|\b(?:the|this) (?:English )?translation (?:is|of the|provided|above|below|preserves|keeps)\b"
    r"|\b(?:translate|summari[sz]e) the following\b|\buse these translations\b"
    r"|\byou are an? (?:professional )?translator\b"
    r"|\bthe (?:given|provided|above|original) (?:Chinese )?(?:text|passage|paragraph|sentence)\b"
    r"|\bthe (?:given|provided) information\b"
    r"|\bplease (?:provide|note that (?:this|the) (?:translation|table|text|answer)|let me know if)\b"
    r"|^```|```\s*$|^\s*\*\*[^*]+\*\*\s*$|<\|?(?:im_start|im_end|endoftext|eot_id)\|?>|</?(?:source|target|text|think)>",
    re.IGNORECASE | re.MULTILINE,
)
_NOTE = re.compile(
    r"^\W*(?:translator(?:'|’)s )?note\s*:|\((?:translator(?:'|’)s )?note\s*:", re.IGNORECASE | re.MULTILINE
)
# Rows of a table, tags, fields of JSON, calls of code.
_MARKUP = re.compile(
    r"\|\s*:?-{3,}|^\s*\|.*\|\s*$|</?[a-z][a-z0-9]*(?: [a-z-]+=[^<>]*)?/?>|['\"]\w+['\"]\s*:\s*[\[{'\"\d]"
    r"|[{\[]\s*['\"]\w+['\"]\s*:|\b(?:print|console\.log|alert)\(",
    re.IGNORECASE | re.MULTILINE,
)
_TRANSLATING_SOURCE = re.compile(r"翻译|译文|译者|译本|译成|英文版|原文|以下是|摘要|总结")
_NOTING_SOURCE = re.compile(r"注[：:]|注意|备注|附注|说明|提示|编者按")
_PREAMBLE_CHINESE = re.compile(
    r"^\W*(?:以下(?:是|为)|下面是|好的[，,。！]|当然[，,。！])|^\W*(?:摘要|总结|概括|概要|标题|正文|回答|输出)\s*[:：]"
    r"|根据(?:您|你)(?:所)?提供的|(?:这|该|本)(?:段|篇)(?:文字|文章|新闻|报道|文本)(?:主要)?(?:讲述|介绍|描述|报道|说明|内容|讲的)"
    r"|```|<\|?(?:im_start|im_end|endoftext|eot_id)\|?>|</?think>|^\s*#+\s|\*\*",
    re.MULTILINE,
)
_LATIN_SENTENCE = re.compile(r"[A-Za-z][A-Za-z'’,;\- ]*(?: [A-Za-z'’,;\-]+){3,}[.!?]?")
_SENTENCE_END = re.compile(r"[。！？!?…；：:;.](?:[”’」』）)】》\"']*)\s*$")
_ENDED = re.compile(r"[.!?…:;。！？—][\s“”‘’」』）)\]】》\"'*]*$|[)）”\"’'」』】》]\s*$")
_ENGLISH_SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|No|Co)\.)(?<!\bMrs\.)(?<!\b[ap]\.m\.)\s+|(?<=[.!?][\"'”’])\s+(?=[\"'“‘A-Z])"
    r"|(?<=…)(?:\s+|(?=\w))|(?<=…[\"'”’])\s+"  # as Chinese has it: "…" ends a sentence
)
_REFRAIN = re.compile(r"([^\W\d_].{0,19}?)(?:[，、！!。,\s~～—…·-]*\1){2,}")


def untranslated(target: str) -> list[Finding]:
    """Chinese characters, full-width punctuation, wrongly decoded characters and HTML references in English."""
    return [
        Finding("untranslated", f"{match.group()!r} was left in the English.", target=match.span())
        for pattern in (_FOREIGN, _REFERENCE, _MOJIBAKE)
        for match in pattern.finditer(target)
    ]


def english_left(source: str, summary: str) -> list[Finding]:
    """English sentences in a Chinese summary that the source does not have."""
    return [
        Finding("untranslated", f"{match.group()!r} is English that the text does not have.", target=match.span())
        for match in _LATIN_SENTENCE.finditer(summary)
        if match.group().strip(" .!?").lower() not in source.lower()
    ]


def repeated(source: str, target: str) -> list[Finding]:
    """Words or sentences over and over, unless the source has a refrain too."""
    if _REFRAIN.search(source):
        return []
    place = _loop(target) or _recurrence(target)
    if place is None and _packs_well(target):
        place = (0, len(target))
    if place is None:
        return []
    return [Finding("repeated", f"Says the same over and over: {excerpt(target, place)!r}.", target=place)]


def cut_off(source: str, target: str) -> list[Finding]:
    """The text ends in mid-sentence though the source does not."""
    if not target.strip() or not ends_sentence(source) or _ENDED.search(target):
        return []
    end = len(target.rstrip())
    detail = f"Ends in mid-sentence: {target[max(0, end - 30) : end]!r}."
    return [Finding("cut off", detail, target=(max(0, end - 30), end))]


def length(source: str, target: str) -> list[Finding]:
    """English far shorter or longer than a translation of the source can be."""
    expected = expected_length(source)
    found = len(target.strip())
    if found + _SHORTEST_SLACK < _SHORTEST * expected or (not found and source.strip()):
        return [Finding("too short", f"Has {found} characters where about {expected:.0f} were expected.")]
    if found > _LONGEST * expected + _LONGEST_SLACK:
        return [Finding("too long", f"Has {found} characters where about {expected:.0f} were expected.")]
    return []


def english_sentences(text: str) -> list[str]:
    """The sentences of an English text."""
    return [sentence.strip() for sentence in _ENGLISH_SENTENCE.split(text)]


def paired_sentences(source: str, target: str) -> list[tuple[Place, Place]]:
    """The places of the sentences that belong together; those of both texts if they have not as many."""
    spans, english = sentences(source), english_places(target)
    if len(spans) != len(english):
        return [((0, len(source)), (0, len(target)))]
    return [((span.start, span.end), place) for span, place in zip(spans, english, strict=True)]


def english_places(target: str) -> list[Place]:
    """Where the sentences of an English text are, each from the end of the one before."""
    english = english_sentences(target)
    return list(
        pairwise(accumulate(english, lambda end, sentence: target.index(sentence, end) + len(sentence), initial=0))
    )


def ends_sentence(source: str) -> bool:
    """True if Chinese ends as sentences do, which headings do not."""
    return _SENTENCE_END.search(source) is not None


def expected_length(source: str) -> float:
    """How many letters the English of a text has, on average."""
    return _LETTERS * count_chinese(source) + sum(1 for c in source if "!" <= c <= "~")


def refused(source: str, target: str) -> list[Finding]:
    """The model apologises or speaks of itself instead of writing."""
    match = _REFUSAL.search(target)
    if match is None or _REFUSING_SOURCE.search(source):
        return []
    return [Finding("refused", f"Refuses: {match.group()!r}.", target=match.span())]


def off_task(source: str, target: str) -> list[Finding]:
    """The model introduces, labels or comments what it writes, repeats its instructions, or writes mark-up or code."""
    written = (match for match in _MARKUP.finditer(target) if match.group().strip() not in source)
    markup = next((match for match in written if not (match.group().strip()[0] == "|" and "|" in source)), None)
    if markup is not None:
        detail = f"Mark-up that the Chinese does not have: {excerpt(target, markup.span()).strip()!r}."
        return [Finding("off task", detail, target=markup.span())]
    match = _PREAMBLE.search(target)
    if match is not None and _TRANSLATING_SOURCE.search(source):
        match = None
    if match is None and not _NOTING_SOURCE.search(source):
        match = _NOTE.search(target)
    if match is None:
        return []
    return [Finding("off task", f"Talks about the task: {match.group().strip()!r}.", target=match.span())]


def off_task_chinese(source: str, summary: str) -> list[Finding]:
    """The same for a Chinese summary."""
    match = _PREAMBLE_CHINESE.search(summary) or _PREAMBLE.search(summary)
    if match is None or match.group().strip() in source:
        return []
    return [Finding("off task", f"Talks about the task: {match.group().strip()!r}.", target=match.span())]


def _packs_well(text: str) -> bool:
    """What says the same in many places packs much better than any prose does."""
    data = text.encode()
    return len(data) > 300 and len(data) > 4.5 * len(zlib.compress(data, 9))


def said_once(text: str) -> str:
    """The text with the words of a loop once: "He was funny, he was funny, he was" becomes "He was funny."."""
    loop = _find_loop(text)
    if loop is None:
        return text
    _, unit, end = loop
    once, rest = re.sub(r"\s+(?:and|or|but)$", "", text[:unit]), text[end:]
    if not rest.strip(" ,;\n"):
        return once + "."
    if not rest[0].isspace():
        return once + rest
    rest = rest.lstrip()
    return once + (" " if rest[0].islower() else ". ") + rest


def _loop(text: str) -> Place | None:
    loop = _find_loop(text)
    return (loop[0], loop[2]) if loop else None


def _find_loop(text: str) -> tuple[int, int, int] | None:
    """Where the same words follow each other: one word six times ("no, no, no"), two four times, more three times.

    Returns:
        Where the loop begins, where its words have been said once, and where it ends, in the middle of them perhaps.
    """
    tokens = _tokens(text)
    folded = [token for _, _, token in tokens]
    for size in range(1, min(60, len(tokens) // 3) + 1):
        times = {1: 6, 2: 4}.get(size, 3)
        run = 0
        for index in range(size, len(tokens) + 1):
            if index < len(tokens) and folded[index] == folded[index - size]:
                run += 1
                continue
            if run >= size * (times - 1):
                first, more = index - run - size, run % size
                last = index - 1 - (more if more == 1 else 0)  # "He was," he said
                return tokens[first][0], tokens[first + size - 1][1], tokens[last][1]
            run = 0
    return None


def _recurrence(text: str) -> Place | None:
    """Where a sentence of six words or more stands for the third time."""
    seen: dict[tuple[str, ...], int] = {}
    for match in re.finditer(r"[^.!?。！？；;]+", text):
        sentence = tuple(token for _, _, token in _tokens(match.group()))
        if len(sentence) >= 6:
            seen[sentence] = seen.get(sentence, 0) + 1
            if seen[sentence] == 3:
                return match.span()
    return None


def _tokens(text: str) -> list[tuple[int, int, str]]:
    """English words and single Chinese characters; numbers are left out, a list of them may repeat."""
    pattern = r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+"
    return [(match.start(), match.end(), match.group().lower()) for match in re.finditer(pattern, text)]


def excerpt(text: str, place: Place) -> str:
    """What stands at a place, shortened for a message."""
    found = text[slice(*place)]
    return found if len(found) <= 60 else found[:57] + "..."
