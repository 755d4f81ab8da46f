import pytest

from summarize.grounding.bylines import render_byline, render_caption_credit


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        (
            "(中国警察网记者赵家新、通讯员徐丹)",
            "(Zhao Jiaxin, China Police Network reporter; Xu Dan, correspondent)",
        ),
        ("（新华社北京11月3日电）", "(Xinhua, Beijing, November 3)"),
        ("新华社华盛顿2024年11月3日电", "Xinhua, Washington, November 3, 2024"),
        ("新华社北京11月3日电（记者王国军、李婷）", "Xinhua, Beijing, November 3; Wang Guojun, Li Ting, reporters"),
        ("本报记者 张三 李四", "Zhang San, Li Si, staff reporters"),
        ("（记者 王国军 通讯员 张晓明）", "(Wang Guojun, reporter; Zhang Xiaoming, correspondent)"),
        ("記者王大明／台北報導", "Wang Daming, reporter, Taipei"),
        ("责任编辑：李四", "Editor: Li Si"),
        ("責任編輯：李四 校對：王五", "Editor: Li Si; Proofreader: Wang Wu"),
        ("文/图 王国军", "Text and photos: Wang Guojun"),
        ("来源：新华网", "Source: Xinhuanet"),
        ("（完）", "(End)"),
        ("据新华社北京11月3日电", "Xinhua, Beijing, November 3"),
        ("记者：王国军 编辑：李四", "Reporter: Wang Guojun; Editor: Li Si"),
        ("责编：李四 | 审核：王五", "Editor: Li Si; Reviewer: Wang Wu"),
        ("撰文/王国军 图/李四", "Text: Wang Guojun; Photos: Li Si"),
        ("文丨本报记者 王国军", "Text: Wang Guojun"),
        ("□本报记者 王国军 通讯员 李婷", "Wang Guojun, staff reporter; Li Ting, correspondent"),
        ("（记者 王国军 报道）", "(Wang Guojun, reporter)"),
        (
            "记者 王国军 见习记者 李婷 摄影报道",
            "Reported and photographed by Wang Guojun, reporter; Li Ting, junior reporter",
        ),
        ("记者 王国军 成都报道", "Wang Guojun, reporter, Chengdu"),
        ("2023-11-05 10:30 来源：海宁新闻网", "November 5, 2023, 10:30, Source: Haining News Network"),
        ("来源：海宁新闻网　2023年10月27日 09:12", "Source: Haining News Network, October 27, 2023, 09:12"),
        ("来源：扬州都市报 宝应县融媒体中心", "Source: Yangzhou Metropolis Daily, Baoying Integrated Media Center"),
        ("宝应日报记者王国军", "Wang Guojun, Baoying Daily reporter"),
        ("（综合新华社、央视报道）", "(Compiled from reports by Xinhua and CCTV)"),
        ("（综合新华社柏林、华盛顿电）", "(Compiled from reports by Xinhua, Berlin, Washington)"),
        ("（据新华社、中新社报道）", "(Xinhua and China News Service)"),
        ("（本报综合）", "(Compiled by our staff)"),
        (
            "（本报记者 王国军 李婷 摄影报道）",
            "(Reported and photographed by Wang Guojun and Li Ting, staff reporters)",
        ),
        ("（王国军 李婷 报道）", "(Reported by Wang Guojun and Li Ting)"),
        ("来源｜成都日报 编辑｜王国军 审核｜李婷", "Source: Chengdu Daily; Editor: Wang Guojun; Reviewer: Li Ting"),
        ("记者｜王国军 通讯员｜李婷", "Wang Guojun, reporter; Li Ting, correspondent"),
        ("2026年11月25日 佛山 记者/王国军", "November 25, 2026, Foshan; Wang Guojun, reporter"),
        ("2026年11月27日 成都日报记者 王国军", "November 27, 2026, Wang Guojun, Chengdu Daily reporter"),
        (
            "2026-11-27 来源：成都日报 记者 王国军 通讯员 李婷",
            "November 27, 2026, Source: Chengdu Daily; Wang Guojun, reporter; Li Ting, correspondent",
        ),
        ("（记者 王𬭎 通讯员 张㛃）", "(Wang Hong, reporter; Zhang Jie, correspondent)"),
    ],
)
def test_bylines(zh: str, en: str) -> None:
    assert render_byline(zh) == en


@pytest.mark.parametrize(
    "zh",
    [
        "来源：不知名小报",
        "（综合外媒报道）",
        "记者汤姆·沃金",
        "民警在园区查验车辆。",
        "（记者 王国军 说明情况）",
        "",
    ],
)
def test_no_byline_where_a_part_is_not_sure(zh: str) -> None:
    assert render_byline(zh) is None


@pytest.mark.parametrize(
    ("zh", "description", "credit"),
    [
        ("民警在园区查验车辆。沈冬兵 摄", "民警在园区查验车辆。", "Photo by Shen Dongbing"),
        ("图为民警巡逻。新华社记者 李四 摄", "图为民警巡逻。", "Photo by Li Si, Xinhua"),
        ("新华社发（李杨摄）", "", "Photo by Li Yang, Xinhua"),
        ("活动现场。王国军供图", "活动现场。", "Photo courtesy of Wang Guojun"),
        ("工人在生产。（受访者供图）", "工人在生产。", "Photo courtesy of the interviewee"),
        ("宝应县公安局供图", "", "Photo courtesy of Baoying County Public Security Bureau"),
        ("李静制图", "", "Graphic by Li Jing"),
        ("民警在巡逻 通讯员 张三、李四 摄", "民警在巡逻", "Photo by Zhang San and Li Si"),
        ("警員巡邏。楊明 攝", "警員巡邏。", "Photo by Yang Ming"),
        ("会议现场。资料图片", "会议现场。", "File photo"),
        ("▲民警在巡逻。王国军/摄", "▲民警在巡逻。", "Photo by Wang Guojun"),
        ("图/佛山日报记者王国军", "", "Photo by Wang Guojun, Foshan Daily"),
        ("图｜王国军", "", "Photo by Wang Guojun"),
        ("图为现场。（本报记者 王国军 李婷 摄影报道）", "图为现场。", "Photo by Wang Guojun and Li Ting"),
        ("摄影：王国军", "", "Photo by Wang Guojun"),
        ("民警巡逻。（图片来源：新华社）", "民警巡逻。", "Photo courtesy of Xinhua News Agency"),
        ("图片由宝应县公安局提供", "", "Photo courtesy of Baoying County Public Security Bureau"),
        (
            "收割现场。 (宝应县委宣传部供图)",
            "收割现场。",
            "Photo courtesy of Publicity Department of Baoying County Party Committee",
        ),
    ],
)
def test_captions(zh: str, description: str, credit: str) -> None:
    assert render_caption_credit(zh) == (description, credit)


@pytest.mark.parametrize("zh", ["他正在拍摄", "图为比赛现场。", "汤姆·沃金 摄", ""])
def test_no_credit_where_there_is_none_or_it_is_not_sure(zh: str) -> None:
    assert render_caption_credit(zh) is None
