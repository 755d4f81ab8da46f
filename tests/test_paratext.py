import pytest

from summarize.article import parse_article
from summarize.segmentation import segment
from summarize.segmentation.roles import read_line, read_lines

NOTICES = """
编 辑：张萌
值班编辑：李明
本版责编 李明 版式设计 王强
新媒体编辑/周洁
值班主任：田艳敏
统筹：陈明 文案：李娜 设计：王芳
出品人：刘刚
一审：李强 二审：王磊 三审：赵敏
责任编辑：李强 SN123
【责任编辑:王萌萌】
转自：央视新闻客户端
综合自新华社、央视新闻
综合：新华社、央视新闻客户端、吉林日报
消息来源：吉林发布
来源：“学习强国”学习平台
本版文字 综合新华社、央视新闻
声明：本文版权归吉林日报所有
转载请注明出处
统一刊号：CN22-0007
第12345期
新闻热线：0432-62000000
本报地址：吉林市船营区松江中路33号
吉林日报社出版
https://www.jlntv.cn/news/20251106.html
广告
END
— END —
——完——
阅读原文
点击“阅读原文”查看更多
点击上方蓝字关注我们
↑点击上方“吉林发布”关注我们
↓↓↓扫码抢优惠券↓↓↓
长按识别二维码，加入读者群
扫码下载吉林日报客户端
戳视频了解更多↓
点赞、转发、在看
觉得好看，请点个“在看”
分享到：
打印 | 字号：大 中 小
【纠错】
推荐阅读
欢迎在评论区留言
阅读 10万+
您当前的位置：首页 > 新闻 > 本地
发布于：吉林
（下转第二版）
相关报道见3版
（本文有删节）
（标题为编者所加）
2025年11月6日 星期四
11月20日 周四 晴
11月6日 09:30
星期四
2025-11-06 09:30 吉林日报
吉林日报 2025-11-06 09:30
2025-11-06 09:30 | 吉林日报
时间：2025-11-06 来源：吉林日报 作者：李明 编辑：王强 点击：128次
第03版：要闻
A05版 港澳台
乙巳年十月初一
原创 李明 吉林发布
来源｜成都日报 编辑｜周婷 审核｜王磊
责编｜李明
监制｜李明
2026年11月25日 佛山 记者/黄嘉豪
2026年11月27日 成都日报记者 李思睿
""".splitlines()
BYLINES = """
据新华社
（据《吉林日报》）
（新华社发）
（李明/文 王强/图）
文 李明
李明/文 王强/图
本报记者李明文/图
来稿：李明
报道：李明
读者 王秀兰
本报评论员
特约评论员 李明
本报综合报道
石榴云/新疆日报记者 李明
本报讯（记者 张三丰）
本报讯（李明 王强）
新华社乌鲁木齐11月5日电 记者 李明 王强
新华社兰州11月2日电（记者王朋）
中新网哈密11月5日电 (记者 李明)
通讯员 李明 报道
文｜李明
作者｜李明
记者｜李明 通讯员｜王强
（李雪 张明 报道）
记者 李明 摄影报道
（本报记者 李思睿 赵倩 摄影报道）
""".splitlines()
CAPTIONS = """
上图为游客在大巴扎合影。
下图：舞蹈演员在表演。
题图：大巴扎夜景
图1 游客在大巴扎合影
图①游客在大巴扎合影
图说：游客在大巴扎合影
【图说】游客在大巴扎合影
图源：网络
图据新疆日报
制图：王强
漫画/王强
摄影：李明
图｜李明
图/佛山日报记者陈明
视频截图
（视频截图）
网络图片
封面图片：大巴扎
大巴扎夜景 （资料图）
10月3日，游客在大巴扎选购干果（资料照片）。
10月3日，游客在大巴扎选购干果。（无人机照片）
松花湖滑雪场（本报资料片）
◀游客在大巴扎合影
[图片]
（图）
""".splitlines()
HEADLINES = """
扫码点餐不得强制关注公众号
点击链接被骗3万元
声明：本公司将起诉造谣者
更多新闻发布会本周举行
相关新闻发布会将举行
版权所有者的烦恼
未经许可养犬罚500元
关注我们的城市
请关注流感早期症状
欢迎新市民落户
整理：旧衣回收有新招
设计：让老城区焕发新生
综合治理见成效
摄影 中心
读者 来信
点赞热心司机
分享经济迎来新规
11月6日起地铁票价下调
11月6日一句话新闻
周五降温
第3版纸币停止流通
第三期工程开工
图书馆延长开放时间
上图东馆开放
原创音乐节开幕
航拍吉林
央视上线新节目
新华社区启用
深圳科技快讯
生活资讯
""".splitlines()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (text, kind)
        for kind, texts in (("notice", NOTICES), ("byline", BYLINES), ("caption", CAPTIONS), ("title", HEADLINES))
        for text in texts
        if text
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert read_line(text).kind == kind


@pytest.mark.parametrize("credit", ["（记者 吴晓燕 摄影报道）", "（通讯员 李雪 张明 文/图）"])
def test_a_story_that_ends_in_the_credit_of_words_and_pictures_is_body(credit: str) -> None:
    line = read_line(f"11月23日，濮院派出所开展反诈宣传。民警向师生讲解诈骗手法。{credit}")
    assert (line.kind, line.closes) == ("body", True)
    assert read_line(f"图为民警向师生讲解诈骗手法。{credit}").kind == "caption"


@pytest.mark.parametrize(
    "text", ["本报讯（记者 张三丰）", "中新网哈密11月5日电 (记者 李明)", "央广网记者 李明 哈密报道"]
)
def test_byline_that_opens_a_story(text: str) -> None:
    assert read_line(text).opens
    assert not read_line(text).closes


BODY = "市文旅局介绍，全市今年接待游客3600万人次，同比增长两成。"
TITLE = "松花湖滑雪场新增6条雪道"


@pytest.mark.parametrize("names", ["李明", "李明 王小红", "（李明）", "（李明 王强）", "□ 李明"])
def test_names_alone_are_a_byline_after_text_and_under_a_title(names: str) -> None:
    assert read_lines([TITLE, BODY, names, TITLE])[2].kind == "byline"
    assert read_lines([TITLE, names, BODY])[1].kind == "byline"


@pytest.mark.parametrize(
    "lines",
    [
        [BODY, "张桂梅", "张桂梅今年68岁，是华坪女子高级中学的校长。"],
        [TITLE, "张海涛", "李雪梅", "赵国庆"],
        [BODY, "石家庄", BODY],
        [BODY, "高质量", BODY],
    ],
)
def test_names_alone_that_are_no_byline(lines: list[str]) -> None:
    assert read_lines(lines)[1].kind == "title"


@pytest.mark.parametrize(
    "line", ["编 辑：张萌", "阅读原文", "第03版：要闻", "（李明）", "视频截图", "2025年11月6日 星期四"]
)
def test_paratext_between_stories_is_no_heading(line: str) -> None:
    stories = [
        ["吉林市雾凇冰雪节启动", "吉林市雾凇冰雪节11月6日启动，推出冰雪活动120项，为期5个月。", BODY],
        [TITLE, "松花湖滑雪场今年新增雪道6条，雪道总面积达到220公顷。", "滑雪场经理王海燕说，季卡已售出1.8万张。"],
        ["吉林化纤出口突破10亿元", "吉林化纤集团前10个月出口额10.3亿元，产品销往38个国家。", "碳纤维产能将达到6万吨。"],
    ]
    for place in (1, 3):
        lines = [*stories[0][:place], line, *stories[0][place:], *stories[1], *stories[2]]
        found = segment(parse_article("\n".join(lines)))
        assert [section.title for section in found.sections] == [story[0] for story in stories]
        assert found.sections[0].paragraphs[place].role in ("notice", "byline", "caption")
