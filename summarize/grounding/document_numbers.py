"""Numbers of official documents, of court cases and of the articles of laws, as translators of law write them.

国发〔2013〕1号 is Guo Fa [2013] No. 1: the short name of who issued it stays in pinyin, a syllable a word.
(2024)浙01民终1234号 is (2024) Zhe 01 Min Zhong No. 1234: year, court, kind of case.
《刑法》第二百三十四条第二款 is Article 234, paragraph 2.
"""

from __future__ import annotations

import re

from summarize.grounding.codes import PROVINCES
from summarize.grounding.item import Item
from summarize.grounding.numerals import fold, read_numeral
from summarize.grounding.pinyin import join, syllables

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMBER = r"第?(?P<number>\d{1,6})号"
_BEFORE = (  # what stands before the short name of an office in a sentence
    "根据|依据|按照|依照|遵照|参照|对照|印发|发布|下发|出台|制定|执行|贯彻|落实|文号|文件|通知|公告|的|和|及|与|见|为|是|在|以|由|经|按|据|将|对|了"
)
_DOCUMENT = re.compile(rf"(?P<office>[\u4e00-\u9fff]{{2,12}})[〔﹝［\[]{_YEAR}[〕﹞］\]]{_NUMBER}(?:文件|文)?")
_CASE = re.compile(
    rf"[（(〔]{_YEAR}[）)〕](?P<court>最高法|[{PROVINCES}兵])(?P<code>\d{{2,4}}|)"
    rf"(?P<kind>[民刑行初终再审执破申监复特知财保恢异赔清辖]{{1,4}}){_NUMBER}"
)
_COUNT = r"(?:\d{1,4}|[一二三四五六七八九十百千零]{1,7})"
_ARTICLE = re.compile(
    rf"(?:(?<=[》法例定])第(?P<article>{_COUNT})条(?:之[一二三四五])?|第(?P<cited>{_COUNT})条(?=第{_COUNT}[款项]|的?规定))"
    rf"(?:第(?P<paragraph>{_COUNT})款)?(?:第(?P<item>{_COUNT})项)?"
)
_LONGEST_OFFICE = 8  # characters


def find_document_numbers(text: str) -> list[Item]:
    """The numbers of documents, court cases and articles of laws in a passage, in order."""
    items = []
    folded = fold(text)
    for match in _DOCUMENT.finditer(folded):
        office = re.split(_BEFORE, match["office"])[-1]
        if 2 <= len(office) <= _LONGEST_OFFICE:
            start, year, number = match.end("office") - len(office), match["year"], f"No. {match['number']}"
            forms = [f"{name} [{year}] {number}" for name in (_spaced(office), join(syllables(office)))]
            forms += [f"[{year}] {number}", f"{number} [{year}]", f"({year}) {number}", f"{number} of {year}"]
            items.append(Item("number", start, match.end(), text[start : match.end()], tuple(forms)))
    for match in _CASE.finditer(folded):
        kind, year, number = match["kind"], match["year"], f"No. {match['number']}"
        court = " ".join(filter(None, (_spaced(match["court"]), match["code"])))
        forms = [f"({year}) {court} {name} {number}" for name in (_spaced(kind), join(syllables(kind)))]
        items.append(Item("number", *match.span(), text[match.start() : match.end()], tuple(forms)))
    for match in _ARTICLE.finditer(folded):
        if any(read_numeral(count) is None for count in match.groups() if count):
            continue
        items.append(Item("number", *match.span(), text[match.start() : match.end()], _article(match)))
    return sorted(items, key=lambda item: item.start)


def _article(match: re.Match[str]) -> tuple[str, ...]:
    article = f"Article {read_numeral(match['article'] or match['cited'])}"
    parts = [f"{part} {read_numeral(match[part])}" for part in ("paragraph", "item") if match[part]]
    return (", ".join([article, *parts]), " of ".join([*parts[::-1], article]), article)


def _spaced(zh: str) -> str:
    return " ".join(syllable.capitalize() for syllable in syllables(zh))
