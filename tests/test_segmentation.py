import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.article import parse_article, read_article, without_soft_breaks
from summarize.digest import Segmentation
from summarize.errors import InputError
from summarize.segmentation import segment
from summarize.segmentation.boundaries import best_starts, exact_starts, start_probabilities
from summarize.segmentation.encoder import Encoder
from summarize.segmentation.roles import read_line, read_lines

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT.parent / "shared" / "three-parks.txt"

FLOOD = """昨日清晨，青川县连降暴雨，河水漫上了老街的石板路，镇上的消防队员划着橡皮艇逐户转移居民。
消防队员周永康说，老街上还有几十户居民不愿意离开，他们挨家挨户敲门劝说，把行动不便的老人背上橡皮艇。
截至中午，已有三百二十名居民被转移到县第一中学的体育馆，食堂为居民准备了热粥和馒头。
青川县水务局表示，上游水库已经开闸泄洪，预计今晚河水水位将回落到警戒线以下，居民可望明早回到老街。"""
LIBRARY = """云港市图书馆新馆上周六开门迎客，第一天就有九千多名读者走进这座临海的白色建筑。
图书馆藏书一百二十万册，儿童阅览室占了整整一层，孩子们可以坐在台阶上听志愿者讲故事。
读者陈晓雯带着女儿来办借书证，她说，新图书馆的阅览室宽敞明亮，女儿坐下来就不愿意走。
图书馆馆长说，新馆每天开放到晚上九点，读者可以在手机上预约阅览室的座位。"""
TEA = """武岭乡的春茶开采了，茶农天不亮就背着竹篓上山，赶在太阳升高之前采下最嫩的茶芽。
今年气温偏高，春茶头采比往年早了六天，每斤鲜叶收购价达到八十元，茶农笑得合不拢嘴。
茶农林阿福家有十二亩茶园，他说，去年春茶卖了六万多元，今年鲜叶价格好，收入还要再多一成。
武岭乡的合作社新添了两条炒茶生产线，茶叶通过电商平台当天就能发往全国。"""
STORIES = (FLOOD, LIBRARY, TEA)
TITLES = ("青川消防员转移三百居民", "新图书馆迎来首批读者", "武岭春茶提前六天开采")
SHORT = [(title, story.split("\n")[:2]) for title, story in zip(TITLES, STORIES, strict=True)]


def roundup(pattern: str) -> str:
    numerals = zip("一二三", "123", TITLES, STORIES, strict=True)
    return "\n".join(pattern.format(chinese=c, digit=d, title=t) + "\n" + story for c, d, t, story in numerals)


def sizes(segmentation: Segmentation) -> list[int]:
    return [len(section.paragraphs) for section in segmentation.sections]


def roles(segmentation: Segmentation) -> list[list[str]]:
    return [[paragraph.role for paragraph in section.paragraphs] for section in segmentation.sections]


@pytest.mark.skipif(not REFERENCE.is_file(), reason=f"{REFERENCE} is not here")
def test_reference_article() -> None:
    found = segment(read_article(REFERENCE))
    assert [section.title[:2] for section in found.sections] == ["宝应", "襄阳", "惠州"]
    assert [section.paragraphs[0].zh[:2] for section in found.sections] == ["宝应", "襄阳", "惠州"]
    body = ["body"] * 8
    assert roles(found) == [
        ["heading", "caption", *body, "byline"],
        ["heading", "caption", *body, "byline"],
        ["heading", *body[:5], "byline"],
    ]


@pytest.mark.skipif(not REFERENCE.is_file(), reason=f"{REFERENCE} is not here")
@pytest.mark.parametrize("headings", [True, False])
@pytest.mark.parametrize("separator", ["\n", "\r\n", "\n\n", "\n\u3000\u3000", "", " "])
def test_reference_article_without_headings_and_line_breaks(separator: str, headings: bool) -> None:
    lines = REFERENCE.read_text(encoding="utf-8").strip().split("\n")
    kept = [line for line in lines if headings or "丨" not in line]
    found = segment(parse_article(separator.join(kept)))
    opening = ["宝应丨", "襄阳高新区丨", "惠州大亚湾丨"] if headings else ["近日,宝应", "11月3日,王", "“疏通道路"]
    assert [s.paragraphs[0].zh[: len(start)] for s, start in zip(found.sections, opening, strict=True)] == opening
    assert [s.paragraphs[-1].role for s in found.sections] == ["byline"] * 3
    captions = [[p.zh[-3:] for p in s.paragraphs if p.role == "caption"] for s in found.sections]
    assert captions == [["兵 摄"], ["杨 摄"], []]


@pytest.mark.skipif(not REFERENCE.is_file(), reason=f"{REFERENCE} is not here")
@pytest.mark.parametrize("width", [26, 30, 34])
def test_reference_article_with_lines_broken_at_one_width(width: int) -> None:
    lines = REFERENCE.read_text(encoding="utf-8").strip().split("\n")
    text = "\n".join(line[i : i + width] for line in lines for i in range(0, len(line), width))
    found = segment(parse_article(text))
    assert [section.title[:2] for section in found.sections] == ["宝应", "襄阳", "惠州"]
    paragraphs = {without_soft_breaks(p.zh) for section in found.sections for p in section.paragraphs}
    assert len(paragraphs & set(lines)) >= 23  # where a line is full at the end of a sentence, nothing tells


@pytest.mark.parametrize(
    "pattern",
    [
        "{chinese}、{title}",
        "（{chinese}）{title}",
        "{digit}. {title}",
        "{digit}、{title}",
        "【{title}】",
        "{digit} {title}",
        "0{digit}丨{title}",
        "{digit}）{title}",
        "NO.{digit} {title}",
        "{digit}\ufe0f\u20e3 {title}",
        "■{title}",
        "● {title}",
        "➤{title}",
        "◆{title}",
        "本地丨{title}",
        "本地|{title}",
        "本地｜{title}",
    ],
)
def test_marked_headings(pattern: str) -> None:
    found = segment(parse_article(roundup(pattern)))
    assert roles(found) == [["heading", *["body"] * 4]] * 3
    place = "本地" if "本地" in pattern else ""
    assert [section.title for section in found.sections] == [
        f"{place}{pattern[2]}{title}" if place else title for title in TITLES
    ]


@pytest.mark.parametrize("marks", ["⑴⑵⑶", "❶❷❸", "①②③"])
def test_headings_with_circled_numbers(marks: str) -> None:
    lines = [line for mark, (title, story) in zip(marks, SHORT, strict=True) for line in (f"{mark}{title}", *story)]
    assert [section.title for section in segment(parse_article("\n".join(lines))).sections] == list(TITLES)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("3 名民警获全国表彰", "3 名民警获全国表彰"),
        ("24 小时便利店新增 200 家", "24 小时便利店新增 200 家"),
        ("10 月份CPI上涨", "10 月份CPI上涨"),
        ("三、四线城市房价回升", "三、四线城市房价回升"),
        ("一、二号线换乘更快", "一、二号线换乘更快"),
        ("十、一国庆假期出行", "十、一国庆假期出行"),
        ("01 松山湖启用新装置", "松山湖启用新装置"),
        ("三、武岭春茶开采", "武岭春茶开采"),
    ],
)
def test_number_that_belongs_to_the_title(heading: str, title: str) -> None:
    assert read_line(heading).title == title


def test_numbers_in_sequence_are_marks() -> None:
    titles = [
        line.title for line in read_lines(["一、一季度经济开门红", "字。", "二、二十国集团峰会开幕", "3 名民警获表彰"])
    ]
    assert titles == ["一季度经济开门红", "", "二十国集团峰会开幕", "3 名民警获表彰"]
    counts = ["2 名民警获表彰", "3 名教师获表彰"]
    assert [line.title for line in read_lines(counts)] == counts


def test_plain_headings() -> None:
    found = segment(parse_article(roundup("{title}")))
    assert [section.title for section in found.sections] == list(TITLES)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("{title}\n本报记者 王明", ["heading", "byline"]),
        ("{title}\n□本报记者 王明 通讯员 李红", ["heading", "byline"]),
        ("本地丨{title}\n本报记者 王明", ["heading", "byline"]),
        ("{title}\n记者 王明 成都报道", ["heading", "byline"]),
        ("{title}\n記者王明／台北報導", ["heading", "byline"]),
        ("{title}\n2023-11-05 10:30 来源：地方新闻网", ["heading", "notice"]),
        ("{title}\n来源：地方新闻网\n记者 王明", ["heading", "notice", "byline"]),
        ("0{digit}\n{title}", ["heading", "heading"]),
        ("PART 0{digit}\n{title}", ["heading", "heading"]),
        ("- {title}", ["heading"]),
        ("{title}\n图为现场。王明 摄", ["heading", "caption"]),
        ("記者王明／台北報導", ["byline"]),
        ("本报记者 王明", ["byline"]),
    ],
)
def test_what_stands_over_a_story(lines: str, expected: list[str]) -> None:
    found = segment(parse_article(roundup(lines)))
    assert roles(found) == [[*expected, *["body"] * 4]] * 3
    if "title" in lines:
        assert [section.title[-len(title) :] for section, title in zip(found.sections, TITLES, strict=True)] == [
            *TITLES
        ]


@pytest.mark.parametrize("row", ["* * *", "----------", "※※※", "————", "◆◆◆"])
@pytest.mark.parametrize("titles", [TITLES, ("", "", "")])
def test_rows_of_signs_between_stories(row: str, titles: tuple[str, ...]) -> None:
    stories = [f"{title}\n{story}".strip() for title, story in zip(titles, STORIES, strict=True)]
    found = segment(parse_article(f"\n{row}\n".join(stories)))
    with_title = len(stories[0].splitlines()) - 4
    assert sizes(found) == [with_title + 5, with_title + 5, with_title + 4]
    assert roles(found)[0][-1] == "notice"


@pytest.mark.parametrize(
    ("inside", "between"), [("\n", "\n\n"), ("\n\u3000\u3000", "\n\n\n\u3000\u3000"), ("\r\n", "\r\n\r\n")]
)
def test_blank_lines_between_stories(inside: str, between: str) -> None:
    text = between.join(inside.join(story.split("\n")) for story in STORIES)
    assert sizes(segment(parse_article(text))) == [4, 4, 4]


def test_blank_lines_within_a_story() -> None:
    for story in STORIES:
        lines = story.split("\n")
        assert sizes(segment(parse_article("\n".join([*lines[:2], "", *lines[2:]])))) == [4]


@pytest.mark.parametrize("pattern", ["## {title}", "**{title}**", "📍{title}", "🔴 {title}", "### {chinese}、{title}"])
def test_headings_of_other_programs(pattern: str) -> None:
    found = segment(parse_article(roundup(pattern)))
    assert [section.title for section in found.sections] == list(TITLES)


def test_no_headings() -> None:
    found = segment(parse_article("\n".join(STORIES)), sections=3)
    assert sizes(found) == [4, 4, 4]
    assert [section.title for section in found.sections] == ["", "", ""]


def test_bylines_end_stories_without_headings() -> None:
    found = segment(parse_article("\n".join(f"{story}\n（记者 王明）" for story in STORIES)))
    assert roles(found) == [[*["body"] * 4, "byline"]] * 3


@pytest.mark.parametrize("story", STORIES)
def test_single_story_is_one_section(story: str) -> None:
    assert sizes(segment(parse_article(story))) == [4]
    titled = segment(parse_article(f"一个故事的标题\n{story}\n编辑：李红"))
    assert roles(titled) == [["heading", *["body"] * 4, "notice"]]
    assert titled.sections[0].title == "一个故事的标题"


def test_single_story_with_subheadings() -> None:
    first, second, third, fourth = FLOOD.splitlines()
    text = "\n".join(["暴雨中的青川县", first, "一、连夜转移居民", second, third, "二、水库开闸泄洪", fourth])
    found = segment(parse_article(text), sections=1)
    assert roles(found) == [["heading", "body", "subheading", "body", "body", "subheading", "body"]]
    assert found.sections[0].title == "暴雨中的青川县"


def test_title_and_lead_before_the_first_heading() -> None:
    text = f"本周三地新闻速览\n来源：地方新闻网\n本期带您看看三地的新变化。\n{roundup('【{title}】')}"
    found = segment(parse_article(text))
    assert roles(found)[0][:5] == ["lead", "notice", "lead", "heading", "body"]
    assert [section.title for section in found.sections] == list(TITLES)


def test_title_of_the_article_in_brackets_over_plain_headings() -> None:
    text = "\n".join(["【一周各地】社区里的新鲜事", *(f"{t}\n{s}" for t, s in zip(TITLES, STORIES, strict=True))])
    found = segment(parse_article(text))
    assert roles(found)[0][:3] == ["lead", "heading", "body"]
    assert [section.title for section in found.sections] == list(TITLES)


def short_roundup(*under: str, before: Sequence[str] = ()) -> list[str]:
    """Stories of two paragraphs each, with a line right under each heading if so many are given."""
    lines = [*before]
    for number, (title, story) in enumerate(SHORT):
        lines += [title, *under[number : number + 1], *story]
    return lines


@pytest.mark.parametrize(
    "under",
    [
        ("本报记者 李明", "本报记者 王强", "本报记者 赵敏"),
        ("2025-11-05 08:30 来源：地方新闻网",) * 3,
        ("（本报记者 李明）",),
        ("文/图 本报记者 李明",),
    ],
)
def test_credit_under_the_first_heading_leaves_it_a_heading(under: tuple[str, ...]) -> None:
    found = segment(parse_article("\n".join(short_roundup(*under))))
    assert [section.title for section in found.sections] == list(TITLES)
    assert roles(found)[0][::2] == ["heading", "body"]
    titled = segment(parse_article("\n".join(short_roundup(*under, before=("湖南要闻",)))))
    assert [section.title for section in titled.sections] == list(TITLES)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (["核心提示：本周多地发布重大项目进展，本报梳理如下。"], ["lead"]),
        (["大家好，今天是11月8日，星期六，一起来看新闻。"], ["lead"]),
        (["今天的湖南，这些新闻值得关注。"], ["lead"]),
        (["一周要闻", "今天的湖南，这些新闻值得关注。"], ["lead", "lead"]),
        (["一周要闻", "——多地项目巡礼", "【编者按】本周，多地发布重大项目进展。"], ["lead", "lead", "lead"]),
        (["【湖南早报】11月5日", "本周，多地发布重大项目进展，本报梳理如下。"], ["lead", "lead"]),
        (["一周要闻", "亮点一：新增航线；亮点二：游客创新高。"], ["lead", "lead"]),
        (["一周要闻", "本报记者 李明", "秋高气爽，各地一派繁忙。"], ["lead", "byline", "lead"]),
    ],
)
def test_lead_before_plain_headings(before: list[str], expected: list[str]) -> None:
    found = segment(parse_article("\n".join(short_roundup(before=before))))
    assert [section.title for section in found.sections] == list(TITLES)
    assert roles(found)[0] == [*expected, "heading", "body", "body"]


BRIEFS = [
    "海南：全岛封关运作定于12月18日正式启动。",
    "广州白云国际机场第五跑道正式启用。",
    "教育部要求各地中小学课间休息时间不少于15分钟。",
    "神舟二十一号航天员乘组与神舟二十号乘组完成交接。",
]


@pytest.mark.parametrize(
    "signs",
    [
        *(
            ["1、", "2、", "3、", "4、"],
            ["1. ", "2. ", "3. ", "4. "],
            ["1）", "2）", "3）", "4）"],
            [*"①②③④"],
            [*"⑴⑵⑶⑷"],
        ),
        *(
            [*"❶❷❸❹"],
            ["一、", "二、", "三、", "四、"],
            ["（1）", "（2）", "（3）", "（4）"],
            ["01丨", "02丨", "03丨", "04丨"],
        ),
        *(
            ["NO.1 ", "NO.2 ", "NO.3 ", "NO.4 "],
            [f"{n}\ufe0f\u20e3" for n in range(1, 5)],
            [f"【{n}】" for n in range(1, 5)],
        ),
        *([sign] * 4 for sign in ("●", "■", "※ ", "·", "▲", "✅", "➤")),
        [*"🚇🐼🍲🌊"],
        ["08:12 ", "09:30 ", "10:45 ", "14:00 "],
        ["《人民日报》：", "《经济日报》：", "《光明日报》：", "《人民日报》："],
        ["湖南：", "湖北：", "广东：", "四川："],
    ],
)
@pytest.mark.parametrize("title", [("一分钟新闻",), ("【早报】11月7日", "工作愉快，平安喜乐"), ()])
def test_briefs_are_stories(signs: list[str], title: tuple[str, ...]) -> None:
    lines = [sign + brief for sign, brief in zip(signs, BRIEFS, strict=True)]
    found = segment(parse_article("\n".join([*title, *lines])))
    if title or signs[0] != "湖南：":
        assert roles(found) == [[*["lead"] * len(title), "body"], *[["body"]] * 3]


@pytest.mark.parametrize(("above", "role"), [("志愿者清扫街道。张三 摄", "caption"), ("本报记者 王明", "byline")])
def test_what_stands_above_each_brief_belongs_to_it(above: str, role: str) -> None:
    lines = [line for brief in BRIEFS for line in (above, f"●{brief}")]
    assert roles(segment(parse_article("\n".join(lines)))) == [[role, "body"]] * 4


@pytest.mark.parametrize(
    "lines",
    [
        ["秋季养生三要点", "1、多喝水。秋季干燥，每天要喝六杯水。", "2、早睡觉。", "3、少吃辣。"],
        ["关于冬季供暖的通告", "现将有关事项通告如下：", "一、供热时间。", "二、室温标准。", "三、收费标准。"],
        ["今日活动", "时间：11月8日19时30分，请提前入场。", "地点：市大剧院。", "票价：80元起。"],
        ["对话快递员潘虎", "记者：你每天工作多长时间？", "潘虎：差不多14个小时。", "记者：今后有什么打算？"],
    ],
)
def test_points_of_one_story(lines: list[str]) -> None:
    assert len(segment(parse_article("\n".join(lines))).sections) == 1


def test_no_line_breaks() -> None:
    found = segment(
        parse_article("".join(f"【{t}】{s.replace(chr(10), '')}" for t, s in zip(TITLES, STORIES, strict=True)))
    )
    assert [section.title for section in found.sections] == list(TITLES)


def test_thirty_sections() -> None:
    stories = [f"{n}、{t}\n{s}" for n, (t, s) in enumerate(list(zip(TITLES, STORIES, strict=True)) * 10, 1)]
    assert len(segment(parse_article("\n".join(stories))).sections) == 30


def test_title_of_the_article_over_numbers_on_their_own_lines() -> None:
    lines = [line for n, (title, story) in enumerate(SHORT, 1) for line in (f"PART 0{n}", title, *story)]
    found = segment(parse_article("\n".join(["一周科普", *lines])))
    assert roles(found)[0] == ["lead", "heading", "heading", "body", "body"]
    assert [section.title for section in found.sections] == list(TITLES)


@pytest.mark.parametrize("dash", ["- ", "—"])
def test_dashes_before_headings_under_a_title(dash: str) -> None:
    lines = ["湖南要闻", *(line for title, story in SHORT for line in (f"{dash}{title}", *story))]
    found = segment(parse_article("\n".join(lines)))
    assert [section.title for section in found.sections] == [f"{dash}{title}" for title in TITLES]


def test_second_title_line_is_a_subheading() -> None:
    text = "\n".join(f"{t}\n——走进{t[:4]}\n{s}\n本报记者 王明" for t, s in zip(TITLES, STORIES, strict=True))
    assert roles(segment(parse_article(text))) == [["heading", "subheading", *["body"] * 4, "byline"]] * 3


def test_confidence() -> None:
    found = segment(parse_article(roundup("【{title}】") + "\n编辑：李红"))
    paragraphs = [p for section in found.sections for p in section.paragraphs]
    assert all(0 <= p.confidence <= 1 for p in paragraphs)
    assert min(p.confidence for p in paragraphs if p.role in ("heading", "notice")) > 0.8
    forced = segment(parse_article("\n".join(["暴雨中的青川县", *STORIES, "新图书馆迎来首批读者"])), sections=1)
    assert forced.sections[0].paragraphs[-1].confidence < 0.9
    assert Segmentation("", found.sections).to_dict()["sections"][0]["paragraphs"][0]["confidence"] > 0.8


@pytest.mark.parametrize("sections", [1, 2, 3, 7, 12])
def test_forced_number_of_sections(sections: int) -> None:
    assert len(segment(parse_article("\n".join(STORIES)), sections).sections) == sections


@pytest.mark.parametrize("sections", [0, -1, 13])
def test_impossible_number_of_sections(sections: int) -> None:
    with pytest.raises(InputError, match="12 paragraphs"):
        segment(parse_article("\n".join(STORIES)), sections)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("近日，志愿者清扫街道。张三 摄", "caption"),
        ("市民在公園散步。（李四攝）", "caption"),
        ("（新华社记者 李四 摄）", "caption"),
        ("农民采摘茶叶。受访者供图", "caption"),
        ("志愿者清扫街道。张三/图", "caption"),
        ("图为会议现场。", "caption"),
        ("（本报记者张三、通讯员李四）", "byline"),
        ("（记者 张三）", "byline"),
        ("本报记者 张三 李四", "byline"),
        ("記者王大明／台北報導", "byline"),
        ("（新华社北京11月3日电）", "byline"),
        ("（综合新华社柏林、华盛顿电）", "byline"),
        ("（本报综合）", "byline"),
        ("（完）", "byline"),
        ("编辑：李四", "notice"),
        ("责任编辑：李四", "notice"),
        ("來源：聯合新聞", "notice"),
        ("版权声明：未经授权不得转载", "notice"),
        ("2023-11-05 10:30", "notice"),
        ("（本报记者 易安 文/图）", "byline"),
        ("更多新聞請追蹤本報粉絲專頁", "notice"),
        ("点击查看更多新闻", "notice"),
        ("2020-07-26 15:18 来源：地方新闻网", "notice"),
        ("本报讯 昨日，市政府公布了新的规划。", "body"),
        ("新华社北京11月3日电 （记者 李四）国务院今天公布条例。", "body"),
        ("记者从市政府获悉，道路将于下月通车。", "body"),
        ("他说，“太好了！”", "body"),
        ("武岭春茶提前六天开采", "title"),
        ("蓝图怎样变成现实？", "title"),
    ],
)
def test_kinds_of_lines(text: str, kind: str) -> None:
    assert read_line(text).kind == kind


LINES = st.one_of(
    st.sampled_from([*TITLES, "【标题】", "一、标题", "■标题", "宝丰丨标题", "（记者 王明）", "编辑：李红", "张三 摄"]),
    st.sampled_from([line for story in STORIES for line in story.splitlines()]),
    st.text(st.sampled_from("一二天地人，。！？“”【】丨|：\u3000 abc12"), max_size=60),
    st.just(""),
)


@settings(deadline=None, max_examples=80)
@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\n\n"]), st.one_of(st.none(), st.integers(1, 9)))
def test_lossless(lines: list[str], newline: str, sections: int | None) -> None:
    article = parse_article(newline.join([*lines, "有字。"]))
    if sections is not None:
        sections = min(sections, len(article.paragraphs))
    found = segment(article, sections)
    paragraphs = [paragraph for section in found.sections for paragraph in section.paragraphs]
    assert [(p.start, p.end) for p in paragraphs] == [(span.start, span.end) for span in article.paragraphs]
    assert all(p.zh == article.text[p.start : p.end] for p in paragraphs)
    for index, section in enumerate(found.sections):
        assert section.index == index
        assert (section.start, section.end) == (section.paragraphs[0].start, section.paragraphs[-1].end)
    assert sections is None or len(found.sections) == sections


def test_encoder_scores_as_the_networks_that_were_trained() -> None:
    import torch

    torch.manual_seed(0)
    networks = [torch.nn.GRU(6, 4, batch_first=True, bidirectional=True) for _ in range(2)]
    out = torch.randn(2, 2, 4)
    rows = torch.randn(9, 6)
    with torch.no_grad():
        expected = sum(network(rows[None])[0][0] @ one.reshape(-1) for network, one in zip(networks, out, strict=True))

        def weights(name: str) -> np.ndarray:
            return np.stack([[getattr(n, f"{name}_l0{way}").numpy() for way in ("", "_reverse")] for n in networks])

        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        encoder = Encoder(*(weights(name) for name in names), out.numpy())
    assert np.allclose(encoder(rows.numpy()), expected.numpy(), atol=1e-5)


def test_best_starts_are_the_best_of_all() -> None:
    chance = np.random.default_rng(0)
    for count in (1, 2, 5, 8, 9):
        gaps = chance.normal(size=count).astype(np.float32)
        pairs = chance.normal(size=(count, 3)).astype(np.float32)  # a band of 3: longer sections than it compares

        def score(starts: list[int], gaps: np.ndarray = gaps, pairs: np.ndarray = pairs, count: int = count) -> float:
            section = np.searchsorted(starts, np.arange(count), side="right")
            together = [
                pairs[i, d - 1]
                for i in range(count)
                for d in (1, 2, 3)
                if i + d < count and section[i] == section[i + d]
            ]
            return float(gaps[starts[1:]].sum() + sum(together))

        every = [[0, *(i for i in range(1, count) if bits >> i & 1)] for bits in range(0, 2**count, 2)]
        best = max(every, key=score)
        assert best_starts(gaps, pairs) == best
        margin = score(best) - score([0])
        assert best_starts(gaps, pairs, margin + 0.1) == [0]
        assert best_starts(gaps, pairs, margin - 0.1) == best
        weights = np.exp([score(starts) - 0.7 * (len(starts) > 1) for starts in every])
        chances = [sum(w for w, starts in zip(weights, every, strict=True) if i in starts) for i in range(count)]
        expected = np.array(chances) / weights.sum()
        np.testing.assert_allclose(start_probabilities(gaps, pairs, 0.7), expected, rtol=1e-3, atol=1e-5)
        assert all(len(exact_starts(gaps, pairs, n)) == n for n in range(1, count + 1))


@pytest.mark.parametrize("line", ["短句。\n", LIBRARY + "\n", "字" * 2000 + "。\n", "长句没有换行。"])
def test_long_articles_take_little_memory(line: str) -> None:
    code = (
        "import sys; from summarize.article import parse_article; from summarize.segmentation import segment\n"
        "article = parse_article(sys.argv[1] * (100_000 // len(sys.argv[1])))\n"
        "print(sum(len(s.paragraphs) for s in segment(article).sections) == len(article.paragraphs))\n"
        # Not ru_maxrss: a child starts with that of its parent, which holds models by then.
        "status = open('/proc/self/status').read() if sys.platform == 'linux' else 'VmHWM: 0 kB'\n"
        "print(status.split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", code, line], cwd=ROOT, check=True, capture_output=True, text=True)
    complete, peak = done.stdout.split()
    assert complete == "True"
    assert int(peak) < 600_000  # KiB


def test_import_loads_no_torch() -> None:
    code = "import sys, summarize.segmentation; assert not {'torch', 'transformers', 'tokenizers'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
