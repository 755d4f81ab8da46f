"""Names in credits: after 记者 and 通讯员, before 摄 and 文/图, and alone in brackets or on a line."""

from __future__ import annotations

import re

from summarize.grounding import exonyms
from summarize.grounding.origin import HAN, RARE_SURNAMES, SURNAMES, origin
from summarize.grounding.personal_names import person_english
from summarize.grounding.pinyin import COMPOUND_SURNAMES, spell_person, split_surname
from summarize.grounding.tagger import is_word
from summarize.grounding.untagged_names import begins_with_word

_FAMILIES = "".join(sorted(SURNAMES | RARE_SURNAMES))
# A name of two characters may be set as wide as one of three (王　磊).
NAME = rf"(?:[{_FAMILIES}][ \u3000]{{1,2}}[{HAN}](?![{HAN}])|[{HAN}]{{2,4}}(?:·[{HAN}]+)*)"
_JOBS = "记者|通讯员|实习生|特约记者|见习记者|实习记者|摄影|作者|撰文|撰稿|编辑|编译|摄影师|责编|校对|审核"
_DUTIES = "文/图|图/文|文、图|文图|图文|摄影报道|摄影|摄|文|图|供图|制图|整理|采写"
_MOST = 40  # names of one credit; a bound, so that a long list is not read again from each of its names
_NEXT = rf"[\s、/／，和]+(?!{_JOBS}|{_DUTIES}|通讯|发自|报道|[{HAN}]{{0,6}}(?:记者|通讯员)){NAME}"
_AFTER_JOB = re.compile(rf"(?:{_JOBS})[\s:：]*(?!问)(?P<names>{NAME}(?:{_NEXT}){{0,{_MOST}}})")
_BEFORE_DUTY = re.compile(
    rf"(?:^|(?<=[\s。，、；：）)”（(]))(?P<names>{NAME}(?:{_NEXT}){{0,{_MOST}}})\s{{0,2}}[/／]?(?:{_DUTIES})(?=$|[\s。）)])"
)
_ALONE = re.compile(
    rf"(?:^|[。！？”]\s*)[（(](?P<names>{NAME}(?:{_NEXT}){{0,{_MOST}}})[）)]\s*$|^\s*(?P<line>{NAME}(?:{_NEXT}){{1,{_MOST}}})\s*$"
)
_FILED = re.compile(rf"[{HAN}]{{0,3}}(?:报道|报导|摄影报道)")
_CLOSING = ("", *"、，,)）。 /／\u3000\n")


def find_credited(text: str) -> dict[tuple[int, int], tuple[str, ...]]:
    """The spans of the names in the credits of a passage in simplified characters, and their English."""
    spans = []
    for match in _AFTER_JOB.finditer(text):
        ends = text[match.end() : match.end() + 1] in ("", *"、，,)）。 /／") or _FILED.search(
            text, match.start(), match.end() + 4
        )
        if len(match["names"]) > 4 or ends:
            spans += _names(text, match, "names")
    for match in _BEFORE_DUTY.finditer(text):
        spans += _names(text, match, "names")
    alone = _ALONE.search(text)
    if alone is not None:
        names = _names(text, alone, "names" if alone["names"] else "line")
        if sum(not is_word(text[start:end]) for start, end in names) * 2 >= len(names):
            spans += names
    return {(start, end): english for start, end in spans if (english := credited_english(text[start:end]))}


def credited_names(names: str) -> list[str]:
    """The names in a list of them (赵家新、徐丹), empty if one is not a Chinese or a known name."""
    parts = [part.group() for part in re.finditer(NAME, names)]
    rest = re.sub(NAME, "", names)
    return parts if parts and not rest.strip(" \u3000、/／，,和\n") and all(map(credited_english, parts)) else []


def credited_english(name: str) -> tuple[str, ...]:
    """The English of a name in a credit, where a surname is one: 鲁金博 is no foreigner. Empty if it is no name."""
    name = re.sub(r"\s", "", name)
    if name in exonyms.people() or "·" in name:
        return person_english(name)
    family, given = split_surname(name)
    chinese = family in SURNAMES or family in COMPOUND_SURNAMES or (family in RARE_SURNAMES and not is_word(name[:2]))
    if not chinese or len(given) not in (1, 2) or begins_with_word(name) or name in exonyms.everyday("person"):
        return person_english(name) if len(name) == 4 and not _is_sentence(name) else ()
    return spell_person(name)


def _is_sentence(name: str) -> bool:
    """随车采访, 全程跟踪: two words after 记者, the first with a surname's character; but 陈李佳明 has two surnames."""
    two_families = name[1] in SURNAMES and not is_word(name[:2]) and not is_word(name[2:])
    return origin(name) == "chinese" and name[:2] not in COMPOUND_SURNAMES and not two_families


def _names(text: str, match: re.Match[str], group: str) -> list[tuple[int, int]]:
    """The names of a list, each of which ends where the list goes on, the text pauses, or 报道 follows with a city."""
    last = match.end(group) if match.end(group) < match.end() else len(text)  # a duty or a bracket follows
    spans = []
    for name in re.finditer(NAME, match[group]):
        start, longest = match.start(group) + name.start(), match.start(group) + name.end()
        for end in (longest, longest - 1, longest - 2) if name.end() - name.start() > 3 else (longest,):
            closed = text[end : end + 1] in _CLOSING or end == last or _FILED.match(text, end)
            if closed and end - start > 1 and credited_english(text[start:end]):
                spoke = end - start == 3 and text[end - 1] in "说称"  # 记者张伟/说
                spans.append((start, end - spoke))
                break
    return spans
