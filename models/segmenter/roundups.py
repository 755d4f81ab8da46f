"""Makes up roundups out of news stories: headings of many styles, bylines, captions, notices, subheadings."""

from __future__ import annotations

import random
import re

from stories import Story

from summarize.segmentation.roles import read_line

PLACES = (
    *("北京", "上海", "广州", "深圳", "杭州", "成都高新区", "武汉", "西安", "苏州工业园", "长沙"),
    *("青岛", "厦门湖里", "昆明", "贵阳", "兰州", "太原", "吉林", "台北", "扬州", "绵阳"),
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英建国志红晓东文海"
NUMERALS = (*"一二三四五六七八九十", *(f"十{digit}" for digit in "一二三四五六七八九"), "二十")
SUBHEADS = ("plain", "bracket", "bullet", "一、", "（一）", "1.", "①")
HEADED = ("plain", "plain", "plain", "bar", "bar", *SUBHEADS)  # as often as they are met, about
DATELINE = re.compile(
    r"^[（(【]?(?:新华社|中新社|中新网|人民网|央广网|路透|中国天气网|本报讯|新京报|北京晨报|湖北日报)"
    r"[^。，]{0,26}?(?:电|讯|消息|报道|日\s*-)\s*(?:[(（][^)）]*[)）])?\s*|^(?:本报|新京报|北京晨报|湖北日报)?讯?\s*[(（][^)）]*记者[^)）]*[)）]\s*"
)
TOPS = ("{}", "{}", "□{}", "{} {}报道", "{}／{}報導")  # bylines over a story: byline, place
CLAUSES = re.compile(r"[^，。,；;：:！？!?、“”（）()《》]{4,16}")
SEPARATORS = ("* * *", "----------", "※※※", "————", "◆◆◆")


def make_roundup(
    stories: list[Story], chance: random.Random, theme: Story | None = None
) -> tuple[list[str], list[int], bool]:
    """Paragraphs of a roundup of these stories, which of them begin a story, and whether it has headings.

    With a theme all stories speak of that one too: they are of one series, as three parks or three schools are.
    """
    style = chance.choice(HEADED) if chance.random() < 0.5 else chance.choice(("none", "none", "none", "run-in"))
    paragraph_sizes, story_sizes = (1, 2, 3, 5), (2, 3, 5, 8, 12, 25, 40)
    if style != "none":  # a heading tells even stories of one sentence apart
        story_sizes = (1, *story_sizes)
    usual_paragraph, usual_story = chance.choice(paragraph_sizes), chance.choice(story_sizes)
    ends_with = chance.choice(("", "", "", "byline", "in text", "dateline"))
    opens_with = chance.choice(("", "", "", "", "local news", "local news", "dateline", "dateline", "byline"))
    top = chance.choice(TOPS)
    separator = chance.choice(SEPARATORS) if chance.random() < 0.06 else ""
    dated = style in HEADED and chance.random() < 0.06
    numbers = style == "plain" and chance.random() < 0.08
    unstopped = 0.1 if chance.random() < 0.15 else 0.0  # how often a paragraph lacks its full stop
    edited = chance.random() < 0.08  # by somebody named after each story
    captions = chance.random() < 0.2
    keeps_datelines = chance.random() < 0.25
    subtitles = style in HEADED and chance.random() < 0.08
    subheads = ""
    if style in HEADED and chance.random() < (0.3 if len(stories) == 1 else 0.2):
        subheads = chance.choice([s for s in SUBHEADS if s != style or len(stories) == 1])
    run_in = chance.choice(("bracket", "bullet", "一、", "1."))
    said = [clause for sentence in theme.sentences for clause in CLAUSES.findall(sentence)] if theme else []
    repeats = chance.randint(1, 4)
    paragraphs: list[str] = []
    starts: list[int] = []
    for number, story in enumerate(stories):
        if separator and number:
            paragraphs.append(separator)
        starts.append(len(paragraphs))
        # Stories of one roundup are somewhat alike in size: were they always, size alone would tell where one ends.
        longest_paragraph, longest_story = usual_paragraph, usual_story
        if chance.random() < 0.4:
            longest_paragraph, longest_story = chance.choice(paragraph_sizes), chance.choice(story_sizes)
        body = _paragraphs(
            story.sentences[: chance.randint(min(3, longest_story), longest_story)], chance, longest_paragraph
        )
        if said:
            body = [_with_clauses(text, said, repeats, chance) for text in body]
        if not keeps_datelines:
            body[0] = DATELINE.sub("", body[0]) or body[0]
        title = story.headline or re.split(r"[，。,；;：:！？!?]", body[0], maxsplit=1)[0][:24]
        if chance.random() < 0.08:
            _number(body, chance)
        if opens_with in ("local news", "dateline") and style != "run-in":
            body[0] = _opening(opens_with, chance) + body[0]
        body = [text.rstrip("。") if chance.random() < unstopped else text for text in body]
        if ends_with == "in text":
            body[-1] += f"（{_byline(chance)}）"
        if captions and chance.random() < 0.6:
            text = _clause(story.sentences[-1]) or "现场"
            body.insert(
                _caption_place(style, bool(ends_with or opens_with), body, chance),
                f"{text}。{_name(chance)} {chance.choice('摄摄攝图')}",
            )
        if subheads and len(body) > 4:
            _add_subheads(body, subheads, chance)
        if separator and len(stories) == 1 and len(body) > 4:  # parts of a story may be divided too
            body.insert(len(body) // 2, separator)
        if style == "run-in":
            body[0] = _headed(title, run_in, number, chance) + body[0] if run_in == "bracket" else body[0]
            body[0] = _headed(body[0], run_in, number, chance) if run_in != "bracket" else body[0]
        elif style != "none":
            if numbers:
                paragraphs.append(f"{number + 1:02}")
            paragraphs.append(_headed(title, style, number, chance))
            subtitle = _clause(story.sentences[-1])
            if subtitles and subtitle:
                paragraphs.append(chance.choice(("——", "")) + subtitle)
        if dated:
            paragraphs.append(
                f"2023-11-{chance.randint(10, 30)} {chance.randint(10, 23)}:30 来源：{chance.choice(PLACES)}日报"
            )
        if opens_with == "byline" and (style in HEADED or top == "{}／{}報導" or ends_with == ""):
            paragraphs.append(top.format(_byline(chance), chance.choice(PLACES)[:2]))
        paragraphs += body
        if ends_with == "byline":
            paragraphs.append(f"（{_byline(chance)}）")
        elif ends_with == "dateline" and chance.random() < 0.8:
            paragraphs.append(
                f"（新华社{chance.choice(PLACES)[:2]}{chance.randint(1, 12)}月{chance.randint(1, 28)}日电）"
            )
        if edited:
            paragraphs.append(f"{chance.choice(('编辑', '责任编辑', '责编'))}：{_name(chance)}")
    if len(stories) == 1 and subheads and chance.random() < 0.5:
        paragraphs = _without_lead(paragraphs, subheads)
    if chance.random() < 0.2:
        notices = (
            f"责任编辑：{_name(chance)}",
            f"编辑：{_name(chance)} 校对：{_name(chance)}",
            "来源：本地新闻网",
            "版权所有，未经授权不得转载",
        )
        paragraphs += chance.sample(notices, chance.randint(1, 2))
    return paragraphs, starts, style != "none"


def _with_clauses(text: str, clauses: list[str], most: int, chance: random.Random) -> str:
    """The paragraph with some of these clauses before its full stop."""
    said = chance.sample(clauses, min(chance.randint(0, most), len(clauses)))
    return "，".join((text.removesuffix("。"), *said)) + text[len(text.removesuffix("。")) :]


def _number(body: list[str], chance: random.Random) -> None:
    """Numbers some paragraphs in a row, as a list within a story is."""
    mark = chance.choice(("（一）", "1.", "①", "bullet"))
    start = chance.randrange(len(body))
    for number, i in enumerate(range(start, min(start + chance.randint(2, 5), len(body)))):
        body[i] = _headed(body[i], mark, number, chance)


def _caption_place(style: str, limited: bool, body: list[str], chance: random.Random) -> int:
    """First under a heading, mostly; without headings only where other signs show the limits of stories."""
    if style in ("none", "run-in"):
        return 0 if limited and chance.random() < 0.5 else chance.randint(1, len(body))
    return 0 if chance.random() < 0.7 else chance.randint(0, len(body))


def _add_subheads(body: list[str], style: str, chance: random.Random) -> None:
    """Puts subheadings, the first words of the paragraph that follows, into a story."""
    number = 0
    for paragraph in body[1:-1]:
        clause = _clause(paragraph)
        if clause and chance.random() < 0.3:
            body.insert(body.index(paragraph), _headed(clause, style, number, chance))
            number += 1


def _paragraphs(sentences: tuple[str, ...], chance: random.Random, longest: int) -> list[str]:
    paragraphs, i = [], 0
    while i < len(sentences):
        size = chance.randint(1, longest)
        paragraphs.append("".join(sentences[i : i + size]))
        i += size
    return paragraphs


def _without_lead(paragraphs: list[str], style: str) -> list[str]:
    """A single story from its first subheading on: what is left to cut once title and lead are recognised."""
    marks = [read_line(paragraph) for paragraph in paragraphs]
    heading = "" if style == "plain" else style
    places = [i for i, line in enumerate(marks) if i > 0 and line.kind == "title" and line.mark == heading]
    return paragraphs[places[0] :] if len(places) > 1 else paragraphs


def _clause(text: str) -> str:
    clause = re.split(r"[，。,；;：:！？!?“”]", text, maxsplit=1)[0].strip()
    return clause if 4 <= len(clause) <= 24 else ""


def _headed(title: str, style: str, number: int, chance: random.Random) -> str:
    numeral = NUMERALS[number % 20]
    return {
        "plain": title,
        "bar": f"{chance.choice(PLACES)}{chance.choice('丨|｜')}{title}",
        "bracket": f"【{title}】",
        "bullet": f"{chance.choice('■●◆')}{title}",
        "一、": f"{numeral}、{title}",
        "（一）": f"（{numeral}）{title}",
        "1.": f"{number + 1}.{title}",
        "①": f"{chr(ord('①') + number % 20)}{title}",
    }[style]


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.randint(1, 2)))


def _byline(chance: random.Random) -> str:
    byline = f"{chance.choice(('', '本报', '新华社', '中国警察网'))}记者{chance.choice(('', ' '))}{_name(chance)}"
    return byline + (f"、通讯员{_name(chance)}" if chance.random() < 0.3 else "")


def _opening(kind: str, chance: random.Random) -> str:
    if kind == "local news":
        return chance.choice(("本报讯 ", f"本报讯（{_byline(chance)}）"))
    day = f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日电"
    return f"{chance.choice(('新华社', '中新网'))}{chance.choice(PLACES)[:2]}{day} "
