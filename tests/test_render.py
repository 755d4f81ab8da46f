"""Every format, of digests whose text tries to be more than text."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summarize.digest import Bilingual, Digest, Fidelity, Finding, Paragraph, Section
from summarize.errors import InputError, MissingPackageError, OutputError
from summarize.formats import SUFFIXES
from summarize.render import clean, format_of, open_output, read_digests, render, save
from summarize.render.markdown import escape
from summarize.render.story import shown_findings, shown_front, shown_paragraphs, whole

HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "</mark></p></html>",
    "{{ 7*7 }} {% raw %}",
    "[点这里](javascript:alert(1)) ![图](http://e.example/x.png)",
    "# 一 *二* _三_ `四` ~~五~~ | 六 | &lt; <b>七</b> <http://e.example> \\",
    "1. 一",
    "2026) 年",
    "- 一",
    "--- 一",
    "=== 一",
    "> 一",
    "]]>&amp;<!-- 一 --><!DOCTYPE x>",
    "一\x00\x1b[2J\u202e二\u2066三\x7f",
    "一\ud800二\ufffe三",
]


def digest(*texts: str, source: str = "一.txt", en: str = "It rains.", findings: tuple[Finding, ...] = ()) -> Digest:
    """A story with these paragraphs, under a title and with a summary."""
    title = Paragraph("heading", 0, 4, "雨中小站", "The small station")
    body = [Paragraph("caption" if i == 1 else "body", 5 * i, 5 * i + 4, zh, en) for i, zh in enumerate(texts, 1)]
    section = Section(
        0,
        0,
        99,
        Bilingual(title.zh, title.en),
        Bilingual("下雨了。", "It rained."),
        (title, *body),
        Fidelity(findings),
    )
    return Digest(source, {"summarize": "tiny", "translate": "tiny"}, (section,))


def rendered(*digests: Digest, format: Any, several: bool = False) -> str:
    return "".join(str(part) for part in render(digests, format, several))


FOUND = (
    Finding("missing", "'32人' (32 people) is not there.", "paragraph", 1, "number", (3, 6)),
    Finding("altered", "'下午' is morning.", "paragraph", 1, "time", (0, 2), (4, 11)),
    Finding("too short", "Is <b>short</b>.", "summary"),
)
CHECKED = digest("下午\n来32人看报。", "天晴。", en="The morning was fine.", findings=FOUND)


# ---- what is shown


def test_shown_paragraphs() -> None:
    first, second = shown_paragraphs(CHECKED.sections[0])
    assert [(first.number, first.role), (second.number, second.role)] == [(2, "caption"), (3, "body")]
    assert first.zh == (("下午", (FOUND[1],)), ("来", ()), ("32人", (FOUND[0],)), ("看报。", ()))
    assert first.en == (("The ", ()), ("morning", (FOUND[1],)), (" was fine.", ()))
    assert second.zh == (("天晴。", ()),)


@given(st.text(max_size=9), st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=3))
def test_pieces_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    findings = tuple(Finding("altered", str(span), "paragraph", 1, target=span) for span in spans)
    (shown,) = shown_paragraphs(digest("一", en=text, findings=findings).sections[0])
    assert whole(shown.en) == text
    start = 0
    for piece, found in shown.en:
        for place in range(start, start + len(piece)):
            assert [f.detail for f in found] == [str(s) for s in spans if s[0] <= place < s[1]]
        start += len(piece)


ROUNDUP = replace(
    CHECKED,
    sections=(
        Section(
            0,
            0,
            99,
            Bilingual("新增公办幼儿园3所", "Three new public kindergartens"),
            Bilingual("新增3所。", "Three are new."),
            (
                Paragraph("lead", 0, 9, "绍兴晚报：本周要闻", "Shaoxing: the week's news"),
                Paragraph("notice", 10, 14, "11月3日", "November 3"),
                Paragraph("lead", 15, 20, "本周有雨。", "It rained this week."),
                Paragraph("byline", 21, 25, "记者李红", "By Li Hong"),
                Paragraph("heading", 26, 37, "一、新增公办幼儿园3所", "I. Public kindergartens: three new ones"),
                Paragraph("body", 38, 42, "共3所。", "Three in all."),
            ),
            Fidelity(
                (
                    Finding("too short", "The lead is short.", "paragraph", 2),
                    Finding("altered", "Of a heading that is not shown.", "paragraph", 4),
                )
            ),
        ),
        Section(
            1,
            43,
            99,
            Bilingual("早读 渔船返港", "Morning reading: the boats are back"),
            Bilingual("返港。", "Back."),
            (
                Paragraph("heading", 43, 51, "【早读】渔船返港", "[Morning] The boats return"),
                Paragraph("heading", 52, 54, "附录", "Appendix"),
                Paragraph("body", 55, 60, "渔船返港。", "The boats are back."),
            ),
            Fidelity((Finding("altered", "Of a heading.", "paragraph", 0),)),
        ),
    ),
)


def test_a_heading_that_is_the_title_is_shown_once() -> None:
    first, second = ROUNDUP.sections
    assert [whole(shown.zh) for shown in shown_paragraphs(first)] == ["共3所。"]
    assert [whole(shown.zh) for shown in shown_paragraphs(second)] == ["附录", "渔船返港。"]
    assert [finding.detail for finding in shown_findings(first).findings] == ["The lead is short."]
    assert not shown_findings(second).findings


def test_what_is_of_the_whole_article_stands_above_its_first_story() -> None:
    title, front = shown_front(ROUNDUP)
    assert title and whole(title.zh) == "绍兴晚报：本周要闻"
    assert [shown.number for shown in front] == [2, 3, 4]
    assert shown_front(CHECKED) == (None, [])
    lead = replace(ROUNDUP.sections[0], paragraphs=ROUNDUP.sections[0].paragraphs[2:])
    title, front = shown_front(replace(ROUNDUP, sections=(lead,)))
    assert title is None and [shown.number for shown in front] == [1, 2]
    body = replace(lead, paragraphs=(*lead.paragraphs[:2], lead.paragraphs[3]))  # the byline is of the story
    assert [whole(shown.zh) for shown in shown_paragraphs(body)] == ["记者李红", "共3所。"]


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_the_order_of_a_roundup(format: Any) -> None:
    text = re.sub("<head>.*</head>|<nav>.*</nav>", "", rendered(ROUNDUP, format=format), flags=re.DOTALL)
    order = ["绍兴晚报：本周要闻", "the week", "11月3日", "It rained this week.", "By Li Hong", "新增公办幼儿园3所"]
    order += ["Three are new.", "共3所。", "The lead is short.", "早读 渔船返港", "附录"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    for hidden in ("一、新增", "I. Public", "【早读】", "[Morning]", "Of a heading"):
        assert hidden not in text


# ---- Markdown


def visible(markdown: str) -> str:
    """What a reader of the Markdown sees, with what else is in it in angle brackets."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    inner = [child for token in tokens for child in (token.children or [token] * (token.type == "html_block"))]
    return "".join(token.content if token.type == "text" else f"<{token.type}>" for token in inner)


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_markdown_shows_text_as_it_is(text: str) -> None:
    assert visible(escape(text)) == clean(text)


@given(st.text(st.sampled_from("一ab1.)#*_`~-+=>|<&;[]()!\\\t \n\"'$:/@{}^%"), max_size=20))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    assert visible(escape(text)) == clean(text).strip()


def test_markdown() -> None:
    assert rendered(CHECKED, format="markdown").split("\n\n") == [
        "## 雨中小站",
        "**The small station**",
        "> 下雨了。\n>\n> It rained.",
        "*caption:* 下午来32人看报。",
        "The morning was fine.",
        "天晴。",
        "The morning was fine.",
        "- paragraph 2: '32人' (32 people) is not there.\n"
        "- paragraph 2: '下午' is morning.\n"
        "- summary: Is \\<b\\>short\\</b\\>.\n",
    ]
    two = rendered(CHECKED, digest("雨。", source="b_1.txt"), format="markdown", several=True)
    assert [line for line in two.splitlines() if line.startswith("# ")] == ["# 一.txt", "# b\\_1.txt"]
    assert "*fidelity: every name, number, date and term that was found in the source arrived*" in two


# ---- HTML


class Page(HTMLParser):
    """The elements, attributes and text of a page."""

    VOID = ("meta", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_html_of_hostile_text() -> None:
    findings = tuple(Finding("altered", text, "paragraph", i, target=(3, 6)) for i, text in enumerate(HOSTILE, 1))
    hostile = [digest(*HOSTILE, source=text, en=text + "...", findings=findings) for text in HOSTILE]
    page = Page(rendered(*hostile, format="html"))
    known = {"html", "head", "meta", "title", "style", "body", "article", "section", "h1", "h2", "div", "p", "span"}
    assert {tag for tag, _ in page.elements} == known | {"mark", "ul", "li", "a"}
    allowed = {"lang", "id", "class", "title", "href", "charset", "name", "content", "http-equiv"}
    assert {name for _, attributes in page.elements for name in attributes} == allowed
    assert all((link["href"] or "").startswith("#a") for link in page.all("a"))
    assert len(page.all("article")) == len(HOSTILE)
    text = "".join(page.texts)
    assert all(clean(line) in text for line in HOSTILE)
    assert not any(c in text for c in "\x00\x1b\u202e\u2066")


def test_html() -> None:
    page = Page(rendered(CHECKED, digest("雨。", source="b.txt"), format="html"))
    assert [mark["title"] for mark in page.all("mark")] == [FOUND[1].detail, FOUND[0].detail, FOUND[1].detail]
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert ids == ["a1s1", "a1s1p2", "a1s1p3", "a2s1", "a2s1p2"]
    assert {(link["href"] or "")[1:] for link in page.all("a")} == {"a1s1p2"}
    assert not page.all("script") and not page.all("link") and not page.all("img")


def test_the_title_of_a_page() -> None:
    def title(*digests: Digest, several: bool = False) -> str:
        return rendered(*digests, format="html", several=several).partition("<title>")[2].partition("</title>")[0]

    assert title(CHECKED) == "雨中小站 – The small station"
    assert title(ROUNDUP) == "绍兴晚报：本周要闻 – Shaoxing: the week&#39;s news"
    assert title(ROUNDUP, CHECKED, several=True) == "Digest"
    first = replace(ROUNDUP.sections[0], paragraphs=ROUNDUP.sections[0].paragraphs[4:])
    assert title(replace(ROUNDUP, sections=(first, first), source="a.txt")) == "a.txt"
    review = replace(CHECKED.sections[0], title=Bilingual("", ""))
    assert title(replace(CHECKED, sections=(review,))) == "一.txt"
    page = Page(rendered(ROUNDUP, format="html"))
    assert page.all("h1") == [{"id": "a1s1p1"}]
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert {(link["href"] or "")[1:] for link in page.all("a")} <= set(ids)


def test_html_has_contents_where_there_are_several_stories() -> None:
    first = CHECKED.sections[0]
    two = replace(CHECKED, sections=(first, replace(first, index=1)))
    links = [link["href"] for link in Page(rendered(two, format="html")).all("a")]
    assert links == ["#a1s1", "#a1s2", "#a1s1p2", "#a1s1p2", "#a1s2p2", "#a1s2p2"]


# ---- TMX


def test_tmx() -> None:
    root = ElementTree.fromstring(rendered(CHECKED, format="tmx").encode())
    header = root.find("header")
    assert root.get("version") == "1.4" and header is not None and header.get("srclang") == "zh"
    units = [
        (
            [(prop.get("type"), prop.text) for prop in unit.findall("prop")][2:],
            [tuv.get("{http://www.w3.org/XML/1998/namespace}lang") for tuv in unit.findall("tuv")],
            [seg.text for seg in unit.iter("seg")],
        )
        for unit in root.iter("tu")
    ]
    both = ["zh", "en"]
    assert units == [
        ([("x-part", "title"), ("x-role", "title")], both, ["雨中小站", "The small station"]),
        (
            [("x-part", "summary"), ("x-role", "summary"), ("x-finding", "too short: Is <b>short</b>.")],
            both,
            ["下雨了。", "It rained."],
        ),
        (
            [
                ("x-part", "paragraph 2"),
                ("x-role", "caption"),
                ("x-finding", f"missing: {FOUND[0].detail}"),
                ("x-finding", f"altered: {FOUND[1].detail}"),
            ],
            both,
            ["下午来32人看报。", "The morning was fine."],
        ),
        ([("x-part", "paragraph 3"), ("x-role", "body")], both, ["天晴。", "The morning was fine."]),
    ]


def test_tmx_has_what_stands_before_the_stories() -> None:
    root = ElementTree.fromstring(rendered(ROUNDUP, format="tmx"))
    chinese = [seg.text for seg in root.iter("seg")][::2]
    assert chinese[:6] == ["新增公办幼儿园3所", "新增3所。", "绍兴晚报：本周要闻", "11月3日", "本周有雨。", "记者李红"]


def test_tmx_of_hostile_text() -> None:
    memory = rendered(digest(*HOSTILE, source=HOSTILE[0]), format="tmx").encode()
    texts = [seg.text for seg in ElementTree.fromstring(memory).iter("seg")]
    for text in HOSTILE[:-1]:
        assert clean(text) in texts
    assert "一\ufffd二\ufffd三" in texts


def test_tmx_leaves_out_what_has_no_english() -> None:
    root = ElementTree.fromstring(rendered(digest("一", en=" "), format="tmx"))
    assert [seg.text for seg in root.iter("seg")] == ["雨中小站", "The small station", "下雨了。", "It rained."]


# ---- Word


def test_docx() -> None:
    docx = pytest.importorskip("docx")
    (data,) = render([CHECKED, digest(*HOSTILE, source=HOSTILE[-1])], "docx")
    assert isinstance(data, bytes)
    document = docx.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:5] == ["一.txt", "雨中小站", "The small station", "下雨了。", "It rained."]
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows == [["下午来32人看报。", "The morning was fine."], ["天晴。", "The morning was fine."]]
    assert [row.cells[0].text for row in document.tables[1].rows][:3] == HOSTILE[:3]
    comments = [comment.text for comment in document.comments]
    assert comments == [finding.detail for finding in FOUND]
    xml = ElementTree.fromstring(document.element.xml)
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    commented: dict[str | None, str] = {}
    under: list[str | None] = []
    for element in xml.iter():
        if element.tag == f"{word}commentRangeStart":
            under.append(element.get(f"{word}id"))
        elif element.tag == f"{word}commentRangeEnd":
            under.remove(element.get(f"{word}id"))
        elif element.tag == f"{word}t":
            for id in under:
                commented[id] = commented.get(id, "") + (element.text or "")
    assert [commented[id] for id in sorted(commented, key=str)] == ["32人", "morning", "It rained."]


def test_docx_of_a_roundup() -> None:
    docx = pytest.importorskip("docx")
    (data,) = render([ROUNDUP], "docx")
    assert isinstance(data, bytes)
    document = docx.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:4] == ["绍兴晚报：本周要闻", "Shaoxing: the week's news", "一.txt", "新增公办幼儿园3所"]
    tables = [[row.cells[0].text for row in table.rows] for table in document.tables]
    assert tables == [["11月3日", "本周有雨。", "记者李红"], ["共3所。"], ["附录", "渔船返港。"]]
    assert [comment.text for comment in document.comments] == ["The lead is short."]


def test_docx_without_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'summarize-zh\[docx\]'"):
        render([CHECKED], "docx")
    with pytest.raises(MissingPackageError):
        save([CHECKED], tmp_path / "digest.docx")
    assert not list(tmp_path.iterdir())


# ---- all formats


@pytest.mark.parametrize("format", SUFFIXES)
def test_nothing_of_no_digest(format: Any) -> None:
    if format == "docx":
        pytest.importorskip("docx")
    assert list(render([], format)) == []


def test_digests_are_written_as_they_come() -> None:
    read: list[str] = []

    def digests() -> Iterator[Digest]:
        for name in "abc":
            read.append(name)
            yield digest("雨。", source=f"{name}.txt")

    for format in ("text", "jsonl", "markdown", "html", "tmx"):
        read.clear()
        for part in render(digests(), format, several=True):  # type: ignore[arg-type]
            assert isinstance(part, str)
            if "a.txt" in part:
                break
        assert read == ["a"], format


def test_unknown_format() -> None:
    with pytest.raises(OutputError, match="'pdf'; choose one of text, json"):
        render([CHECKED], "pdf")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "format"), [("a.MD", "markdown"), ("a.htm", "html"), ("a.new", "text"), ("a", "text"), ("a.tmx", "tmx")]
)
def test_format_of_a_name(name: str, format: str) -> None:
    assert format_of(Path(name)) == format


def test_save_and_read(tmp_path: Path) -> None:
    one, lines = tmp_path / "one.json", tmp_path / "two.jsonl"
    save(CHECKED, one)
    save([CHECKED, digest("雨。")], lines)
    assert one.read_text("utf-8").startswith('{\n  "schema"')
    assert list(read_digests(str(one))) == [CHECKED]
    assert list(read_digests(str(lines))) == [CHECKED, digest("雨。")]
    with pytest.raises(OutputError, match="is the name of html and would hold text"):
        save(CHECKED, tmp_path / "one.html", "text")
    save(CHECKED, tmp_path / "one.txt", "html")
    assert (tmp_path / "one.txt").read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("not JSON", 1),
        ("[]", 1),
        ('{"schema": "other"}', 1),
        ('{"schema": "summarize/digest/1", "source": "a", "models": {}, "sections": [{}]}', 1),
        ("%s\n\n{}\n", 3),
        ("%s\nnot JSON\n", 2),
    ],
)
def test_read_what_is_no_digest(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(text.replace("%s", json.dumps(CHECKED.to_dict())), "utf-8")
    with pytest.raises(InputError, match=f"in line {line} of .*summarize batch"):
        list(read_digests(str(path)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"zh": "雨中小站"', '"zh": null', r"sections\[0\].title.zh is null and must be a string"),
        ('"en": "It rains."', '"en": ["a"]', r"sections\[0\].paragraphs\[1\].en is \[.a.\] and must be a string"),
        ('"en": "It rains.", ', "", ""),  # a paragraph need not have English
        ('"role": "body"', '"role": "<b>"', r"paragraphs\[2\].role is .* must be one of heading, subheading"),
        ('"start": 5', '"start": -5', r"paragraphs\[1\].start is -5 and must be a whole number from 0 up"),
        ('"start": 5', '"start": "5"', "must be a whole number"),
        ('"start": 5', '"start": NaN', "must be a whole number"),
        ('"confidence": 1.0', '"confidence": NaN', "must be a number from 0 to 1"),
        ('"detail": "Is <b>short</b>."', '"detail": null', r"findings\[0\].detail is null"),
        ('"source": [1, 2]', '"source": [1]', r"findings\[0\].source is \[1\] and must be a list of 2"),
        ('"source": [1, 2]', '"source": null', ""),
        ('"kind": "too short", ', "", r"findings\[0\] has no kind"),
        ('"models": {"summarize": "tiny"', '"models": {"summarize": 5', "models.summarize is 5"),
        ('"schema": "summarize/digest/1"', '"schema": "summarize/digest/9"', "must be summarize/digest/1"),
        ("{", "[" * 100_000 + "{", "nested too deep"),
        ("{", "{[", "not JSON: .* in line 1, column 2"),
    ],
)
def test_what_a_digest_must_hold(tmp_path: Path, old: str, new: str, said: str) -> None:
    finding = Finding("too short", "Is <b>short</b>.", "summary", source=(1, 2))
    path, text = (
        tmp_path / "a.json",
        json.dumps(digest("雨。", "晴。", findings=(finding,)).to_dict(), ensure_ascii=False),
    )
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    if not said:
        assert len(list(read_digests(str(path)))) == 1
        return
    with pytest.raises(InputError, match=f"in line 1 of .*a.json is no digest .*{said}"):
        list(read_digests(str(path)))


def test_read_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        list(read_digests(str(tmp_path / "none.json")))


def test_two_files_of_one_folder_are_written_side_by_side(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    with open_output(first) as write_first, open_output(second) as write_second:
        write_first("one")
        write_second("two")
    assert (first.read_text("utf-8"), second.read_text("utf-8")) == ("one", "two")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]
