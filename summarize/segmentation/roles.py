"""What a paragraph looks like on its own: a title line, a caption, a byline, a notice or body text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarize.segmentation.marks import BULLETS, NUMERAL, Mark, Marked, in_sequence, split_mark

Kind = Literal["title", "caption", "byline", "notice", "body"]

LONGEST_TITLE = 45  # characters, ASCII ones counting half; longer lines are body text even without a full stop
_MARKDOWN = re.compile(r"#{1,6}\s+(?P<heading>\S.*?)(?:\s#+)?|\*\*(?P<bold>[^*]+)\*\*")
_WRITERS = r"(?:记者|記者|通讯员|通訊員|特约撰稿|作者|撰文|撰稿|实习生|實習生)"
_AGENCY = r"(?:新华社|新華社|中新社|中新网|中新網|人民网|人民網|新华网|新華網|央视|央視|中央社|本报|本報|本网|本網)"
_BYLINES = (
    re.compile(rf"[（(【〔\[][^。！？]{{0,40}}{_WRITERS}[^。！？]{{0,60}}[）)】〕\]]"),
    re.compile(rf"[\w·]{{0,14}}?{_WRITERS}[:：/／丨|\s][^。！？]{{2,60}}"),
    re.compile(
        rf"[\w·]{{0,14}}?{_WRITERS}(?!手记|手記|调查|調查|观察|觀察|探访|探訪|从|從)[\u3400-\u9fff·]{{2,4}}(?:[\s、／/].{{2,40}})?"
    ),
    re.compile(r"(?:文|文字|文图|图文|圖文|文、图|文/图|整理|采写|採寫)\s?[/／:：丨|]\s?.{2,40}"),
    re.compile(rf"[（(]?(?:据|據)?{_AGENCY}[^。！？]{{0,20}}[日电電讯訊][）)]?"),
    re.compile(
        r"[（(](?:综合|綜合|据|據)[^。！？（(]{2,40}(?:报道|報道|報導|[电電讯訊]|消息)[）)]|[（(](?:本报|本報|本网|本網)?(?:综合|綜合)[）)]"
    ),
    re.compile(r"[（(](?:完|本文完|全文完)[）)]"),
)
_NOTICE = re.compile(
    r"(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對|审校|审核|審核|监制|監製|主编|主編|值班编委|"
    r"来源|來源|稿源|原标题|原標題|版权|版權|声明|聲明|免责声明|免責聲明|特别声明|版权声明|转载|轉載|"
    r"发布时间|發布時間|更多(?:精彩|新闻|新聞|内容)|点击|點擊|扫码|掃碼|关注我们|關注我們|相关阅读|相關閱讀)"
)
_INVITATION = re.compile(
    r"更多(?:精彩|新闻|新聞|内容|資訊|资讯)|点击(?:查看|阅读|关注|这里|下方)|點擊(?:查看|閱讀|這裡)|(?:扫码|掃碼|长按|長按|扫描|掃描).{0,12}(?:关注|關注|二维码)|"
    r"(?:欢迎|歡迎|请|請)(?:关注|關注|追蹤|订阅|訂閱|扫码)|关注我们|關注我們|(?:相关|相關|延伸)(?:阅读|閱讀|新闻|新聞)|未完待续"
)
_RIGHTS = re.compile(
    r"版权所有|版權所有|版权归|版權歸|未经(?:授权|许可|书面)|未經(?:授權|許可|書面)|All Rights Reserved", re.IGNORECASE
)
_DATE = re.compile(r"\d{4}[年\-/.]\d{1,2}[月\-/.]\d{1,2}日?[\s\d:：]*")
_CREDIT = re.compile(
    r"(?:^|[\s。，,；;、：:/／）)（(!！?？”])(?:[\w·、 \u3000]{0,24})?"
    r"(?:(?<![拍视視])(?:摄|攝)(?:影)?(?:报道|報道|報導)?|供图|供圖|制图|製圖|(?:[/／:：\s\u3000])(?:[\w·]{2,8}\s?)?[图圖])[）)】]?"
)
_PICTURE = re.compile(
    r"(?:[▲△▼▽↑↓]|[（(]?(?:图为|圖為|图片|圖片|资料图|資料圖|配图|配圖|[图圖][一二三四五\d]?[:：/／]))"
)
_AGENCY_PICTURE = re.compile(rf"{_AGENCY}(?:发|發)[\s（(].{{1,20}}")
_DATELINE = re.compile(
    rf"[【（(]?(?:{_AGENCY}[^。，,]{{0,24}}?(?:电|電|讯|訊|消息)|"
    rf"[\u3400-\u9fff]{{2,8}}[讯訊](?:[\s（(]|$)|(?:中央社|法新社|路透社|美联社|美聯社)[^。，,]{{0,16}}[电電])"
)
_CLOSED = re.compile(rf"[（(][^（(）)]{{0,40}}(?:{_WRITERS}|完)[^（(）)]{{0,50}}[）)]$")
_SECOND = re.compile(r"[—─–―-]{1,3}\s*\S")
_WORDS_AND_PICTURES = re.compile(r"^[（(][^。]{0,30}(?:文[/／、並并]?[图圖]|[图圖][/／、]文|文字?[/／]摄影)[）)]$")
_NUMBER = re.compile(
    rf"\W{{0,3}}(?:(?:part|no|vol|第)[.\s]*)?(?:\d{{1,2}}|[{NUMERAL}]{{1,3}}|[①-⑳])\W{{0,3}}", re.IGNORECASE
)
_LETTERS = ("Lo", "Lu", "Ll")
_ASCII = re.compile(r"[\x20-\x7e]")
_CRY = re.compile(r"[！？!?]+")
_REPORT = re.compile(r"(?:报道|報道|報導|讯|訊|电|電|消息)$")
_REPORTS_FROM = re.compile(rf"[^（(]*{_WRITERS}[^（(）)]*(?:[/／]|\s|在).{{2,12}}(?:报道|報道|報導)")


@dataclass(frozen=True, slots=True)
class Line:
    """What one paragraph looks like.

    Attributes:
        kind: what it would be by its looks; a title line may become a heading, a subheading or body text.
        mark: how it is marked as a beginning, "" if it is not; body text may be marked too (`【标题】正文……`).
        title: the text of the title without its marks, "" if there is none, as of a number on a line of its own.
        asks: it is a title line that ends in a question or exclamation mark.
        second: it is a title line that belongs under another (`——走进……`).
        opens: it is or begins with a dateline, or is a byline, as the first paragraph of a news story may.
        closes: it ends with the reporter's name or "(完)", as the last paragraph of a news story does.
        under: it is a byline or notice right under a title line.
        divides: it is a row of signs, as between stories (`* * *`).
        certainty: how sure the kind is by the looks alone, from 0 to 1.
    """

    kind: Kind
    mark: Mark = ""
    title: str = ""
    asks: bool = False
    second: bool = False
    opens: bool = False
    closes: bool = False
    under: bool = False
    divides: bool = False
    certainty: float = 0.95


def read_lines(texts: Sequence[str]) -> list[Line]:
    """What the paragraphs of an article look like, read with what stands before them.

    Bylines and notices that stand over their stories do not close any; a dash begins a second title line only under
    a title line.
    """
    counted = in_sequence(texts)
    lines = [read_line(text, i in counted) for i, text in enumerate(texts)]
    told = [i for i, line in enumerate(lines) if line.kind != "notice"]
    before_stories = bool(told) and lines[told[0]].kind == "byline" and lines[told[-1]].kind != "byline"
    for i, line in enumerate(lines):
        titled = i > 0 and (lines[i - 1].kind == "title" or lines[i - 1].under)
        if line.kind in ("byline", "notice") and not line.divides and titled:
            lines[i] = replace(line, closes=False, opens=False, under=True)
        elif line.kind == "byline" and before_stories:
            lines[i] = replace(line, closes=False, opens=True)
        elif line.second and not titled:
            lines[i] = replace(line, second=False)
    return lines


def read_line(text: str, counted: bool = False) -> Line:
    """Tells what a paragraph looks like; `counted` if its number goes on that of a line before or after it."""
    if markdown := _MARKDOWN.fullmatch(text):
        text = markdown["heading"] or markdown["bold"]
    if not any(character.isalnum() for character in text):
        return Line("notice", closes=True, divides=True)
    if _is_notice(text):
        return Line("notice")
    if _is_caption(text):
        return Line("caption")
    if _is_byline(text):
        opens = _REPORTS_FROM.fullmatch(text) is not None
        return Line("byline", opens=opens, closes=not opens)
    if _NUMBER.fullmatch(text):
        return Line("title", "1.")
    marked = _split_title(text, counted)
    mark, title, rest = marked.mark, marked.title, marked.rest
    opens = _DATELINE.match(text) is not None
    closes = _CLOSED.search(text[-100:]) is not None
    if opens or closes:
        return Line("body", opens=opens, closes=closes)
    if not rest and _is_title(title):
        asks = title.rstrip("”」』")[-1:] in tuple("？！?!")
        second = _SECOND.match(title) is not None
        return Line("title", mark, title.strip(), asks, second, certainty=0.95 if mark else 0.7 if asks else 0.85)
    if mark == "bracket" and rest:
        return Line("body", mark, title.strip())
    return Line("body", "" if mark == "bar" else mark, certainty=0.98 if len(text) > LONGEST_TITLE else 0.85)


def _split_title(text: str, counted: bool) -> Marked:
    """The mark, the title after it, and the text that runs on after a title in brackets."""
    marked = split_mark(text, counted)
    if marked.mark == "bracket" and _REPORT.search(marked.title):
        return Marked("", text)
    if marked.rest and _is_title(marked.rest) and len(marked.title) + len(marked.rest) <= LONGEST_TITLE:
        return Marked(marked.mark, f"{marked.title} {marked.rest}")
    return marked


def _is_title(text: str) -> bool:
    width = len(text) - len(_ASCII.findall(text)) / 2
    if len(text) < 2 or width > LONGEST_TITLE or not any(unicodedata.category(c) in _LETTERS for c in text):
        return False
    inner = text.rstrip("”」』\"'")
    last = inner[-1:]
    if last in tuple("。；;，,、：:…—.") or re.search(r"[。；;]", inner) or len(_CRY.findall(inner[:-1])) > 1:
        return False
    return not (last in tuple("！？!?") and (width > 28 or text[-1:] not in tuple("！？!?")))


def _is_notice(text: str) -> bool:
    if len(text) > 120:
        return False
    core = text.strip("（()）【】[]［］*—- \u3000")
    if len(text) <= 40 and _INVITATION.match(core):
        return True
    match = _NOTICE.match(core)
    if match and (core[match.end() : match.end() + 1] in tuple(":：|丨/／ ") or match.end() == len(core)):
        return True
    date = _DATE.match(core)
    rest = core[date.end() :].lstrip("| 　") if date else core
    return _RIGHTS.search(text) is not None or (date is not None and (not rest or _NOTICE.match(rest) is not None))


def _is_byline(text: str) -> bool:
    plain = text.lstrip(f"{BULLETS}△▲ \u3000")
    return len(text) <= 110 and any(pattern.fullmatch(plain) for pattern in _BYLINES)


def _is_caption(text: str) -> bool:
    if len(text) > 200 or _WORDS_AND_PICTURES.search(text):
        return False
    if _PICTURE.match(text) and len(text) <= 120:
        return True
    tail = re.search(rf"{_CREDIT.pattern}$", text[-48:])
    return tail is not None or (len(text) <= 60 and _AGENCY_PICTURE.fullmatch(text) is not None)
