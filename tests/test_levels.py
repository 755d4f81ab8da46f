"""Title lines that are none, or of another level: contents, labels, subheadings, lists, numbers in sequence."""

import pytest

from summarize.article import parse_article
from summarize.digest import Segmentation
from summarize.segmentation import segment

YICHANG = ("宜昌东站扩建工程启动", "宜昌东站扩建工程11月2日启动，投资38亿元，站台增加到13座，预计2028年投用。")
DAM = ("三峡坝区游客超百万", "今年前10个月，三峡大坝旅游区接待游客突破108万人次，其中境外游客4.3万人次。")
ORANGES = ("秭归脐橙出口新加坡", "秭归县郭家坝镇首批26吨脐橙昨日发往新加坡，单价每斤11元。")
STORIES = (YICHANG, DAM, ORANGES)
TITLES = [title for title, _ in STORIES]


def segmented(*lines: str) -> Segmentation:
    return segment(parse_article("\n".join(lines)))


def titles(found: Segmentation) -> list[str]:
    return [section.title for section in found.sections]


def roles(found: Segmentation) -> list[list[str]]:
    return [[paragraph.role for paragraph in section.paragraphs] for section in found.sections]


@pytest.mark.parametrize("pattern", ["{n}. {title}", "{title}", "●{title}；"])
def test_contents_are_a_lead(pattern: str) -> None:
    contents = [pattern.format(n=n, title=title) for n, title in enumerate(TITLES, 1)]
    found = segmented("导读", *contents, *(line for story in STORIES for line in story))
    assert titles(found) == TITLES
    assert roles(found)[0] == [*["lead"] * 4, "heading", "body"]


def test_labels_belong_to_the_stories_below_them() -> None:
    found = segmented("江城晨报·早读", "【要闻】", *YICHANG, *DAM, "【民生】", *ORANGES)
    assert titles(found) == TITLES
    assert roles(found) == [["lead", "lead", "heading", "body"], ["heading", "body"], ["lead", "heading", "body"]]


def test_short_subheadings_under_headings_of_places() -> None:
    found = segmented(
        *("西宁：高原绿色算力基地投运", "西宁市高原绿色算力基地11月1日投运，首期算力规模达到1.2万P，总投资43亿元。"),
        *("绿电直供", "基地配套光伏电站装机80万千瓦，绿电比例达到92%，每年减排二氧化碳46万吨。"),
        *("企业入驻", "目前已有26家企业入驻，其中人工智能企业11家，签约金额17.8亿元。"),
        *("玉树：牦牛酸奶走进北上广", "玉树市巴塘乡酸奶厂今年产量2600吨，远销北京、上海、广州等29个城市。"),
        *("牧民变股东", "牧民才仁卓玛以12头牦牛入股，去年分红2.6万元。"),
    )
    assert titles(found) == ["西宁：高原绿色算力基地投运", "玉树：牦牛酸奶走进北上广"]
    assert roles(found)[0] == ["heading", "body", "subheading", "body", "subheading", "body"]


@pytest.mark.parametrize(
    "lines",
    [
        [
            *("1—10月全市主要经济指标", "固定资产投资：1120.3亿元，增长4.1%", "社会消费品零售总额：745.9亿元"),
            *("一般公共预算收入：138.6亿元，增长3.0%", "城镇新增就业：5.42万人"),
        ],
        [
            "全省职业技能大赛获奖名单",
            "一等奖（2名）",
            "张海涛（石家庄市）",
            "李雪梅（唐山市）",
            "二等奖（1名）",
            "刘洋（邯郸市）",
        ],
        [
            "作文大赛获奖名单公布，共有3人获奖。",
            "张海涛，石家庄市第一中学",
            "李雪梅，唐山市开滦中学",
            "赵国庆，保定市第一中学",
        ],
    ],
)
def test_items_of_a_list_are_text(lines: list[str]) -> None:
    found = segmented(*lines)
    assert roles(found)[0][1:] == ["body"] * (len(lines) - 1)
    assert roles(segmented(*lines, *DAM))[-1][-2:] in (["heading", "body"], ["subheading", "body"])


def test_headings_between_lists() -> None:
    prices = ["牛肉：每斤38元", "羊肉：每斤36元", "猪肉：每斤12元"]
    found = segmented(
        "1—10月全市主要经济指标", "投资：1120亿元", "零售：745亿元", "收入：138亿元", "11月菜市场价格", *prices
    )
    assert [p.role for section in found.sections for p in section.paragraphs if p.zh == "11月菜市场价格"] != ["body"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("一、灵活就业人员如何参保？", "答：持身份证到户籍所在地参保。"),
        ("问：最难忘的一次是什么？", "樊再轩：第85窟，用了8年。"),
    ],
)
def test_questions_stand_over_their_answers(question: str, answer: str) -> None:
    found = segmented("医保和修复两问两答", question, answer, question.replace("一、", "二、"), answer)
    assert roles(found) == [["heading", "subheading", "body", "subheading", "body"]]


def test_headings_numbered_in_sequence_are_of_one_level() -> None:
    flood = "青川县连降暴雨，河水漫上了老街，消防队员划着橡皮艇转移居民。"
    more = "青川县水务局表示，上游水库已经开闸泄洪，老街的河水预计今晚回落，居民可望明早回家。"
    found = segmented(
        *("一、青川消防员转移三百居民", flood, "消防队员周永康说，老街上还有几十户居民不愿意离开。"),
        *("二、青川水库开闸泄洪", "截至中午，已有三百二十名居民被转移到体育馆。", more),
        *("三、三峡坝区游客超百万", DAM[1], "四、秭归脐橙出口新加坡", ORANGES[1]),
    )
    assert titles(found) == ["青川消防员转移三百居民", "青川水库开闸泄洪", DAM[0], ORANGES[0]]


PLACES = (
    ("武侯区丨簇桥街道：错时延时服务解民忧", "簇桥街道便民服务中心推出错时延时服务，已累计为群众办理社保事项1863件。"),
    ("新津区：敲诈勒索案一审宣判", "11月24日，新津区人民法院对一起敲诈勒索案公开宣判，涉案金额19.7万元。"),
    ("大邑县：百名农人直播卖蜜柚", "大邑县安仁镇蜜柚迎来采收期，当天直播销售额达到36.8万元。"),
    ("彭州市：男子肇事逃逸后落网", "彭州市公安局交警大队沿线追踪，3小时后将肇事司机抓获。"),
)


@pytest.mark.parametrize(
    "before",
    [
        ["街镇动态", "2026年11月27日 成都日报记者 李思睿"],
        ["乡村振兴看一线"],
        ["【镇街快报】", "2026年11月25日 佛山 记者/黄嘉豪", "本周，各镇街抓项目、促生产，交出亮眼成绩单。"],
    ],
)
def test_the_title_of_a_page_stands_over_headings_of_places(before: list[str]) -> None:
    found = segmented(*before, *(line for story in PLACES for line in story))
    assert titles(found) == [title for title, _ in PLACES]
    assert roles(found)[0][: len(before) + 1][-1] == "heading"


def test_quotations_over_their_stories_are_headings_though_one_of_them_cries() -> None:
    found = segmented(
        *("“我们村的路终于修好了！”", "今年以来，石桥镇投入320万元，修好农村公路18公里，惠及村民4600人。"),
        *("“现在看病不用跑县城了”", "青山乡卫生院新建的远程诊室启用，首日有36名患者由县医院专家诊断。"),
        *("“这条河又能游泳了”", "经过两年治理，流经白马镇的清溪河水质提升到二类，镇里清走淤泥2.3万方。"),
    )
    assert [section[0] for section in roles(found)] == ["heading"] * 3
