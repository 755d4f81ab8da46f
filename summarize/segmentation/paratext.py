"""Lines about the text rather than of it, told by their form: notices, captions and bylines.

Patterns read simplified characters, one for one those of the line.
"""

from __future__ import annotations

import re

from summarize.grounding.credits import credited_names
from summarize.grounding.origin import HAN, SURNAMES
from summarize.grounding.pinyin import COMPOUND_SURNAMES
from summarize.grounding.tagger import tag
from summarize.punctuation import BARS
from summarize.segmentation.marks import BULLETS

_NUMERALS = "一二三四五六七八九十"

# Who is named: people by their surnames, and media by the last word of their names.
_FAMILY = f"(?:{'|'.join(sorted(COMPOUND_SURNAMES))}|[{''.join(sorted(SURNAMES))}])"
_PERSON = rf"(?:{_FAMILY}[ \u3000]?[{HAN}]{{1,2}}|[{HAN}]{{1,8}}(?:·[{HAN}]+)+)"
_PEOPLE = rf"{_PERSON}(?:[\s、，,/／和]+{_PERSON})*"
_OUTLET = (
    rf"[“《]?(?:[{HAN}\w·”]{{1,12}}?(?:[日早晚时晨快商]报|[青少]年报|都市报|报社|通讯社|杂志社?|周刊|网|[电卫]视台?|广播|频道|"
    r"客户端|发布|新闻|融媒体?|传媒|中心|工作室|公众号|平台)|新华社|中新社|视觉中国|CFP|IC photo)[”》]?"
)
_OUTLETS = rf"{_OUTLET}(?:[\s、，,/／和]+{_OUTLET})*(?:等|报道|消息)?"
_WRITERS = r"(?:记者|通讯员|特约撰稿|作者|撰文|撰稿|实习生)"
_AGENCY = r"(?:新华社|中新社|中新网|人民网|新华网|央视|中央社|本报|本网)"

# Credits: a duty, then who did it. Some duties are words of headlines too and need a name: `设计：李明`.
_STAFF = (
    r"(?:责任|值班|执行|本版|本期|今日|栏目|新媒体|融媒体?|视觉|图片|文字|版式|版面|封面|见习|实习|网络|美术|微信|轮值|[总副])*"
    r"(?:编\s{0,2}辑|责\s{0,2}编|[主美]编|总编|编[审委]|校\s{0,2}对|审\s{0,2}[校核读稿定签]|[一二三初复终]\s?审|签发|监[制审]|"
    r"总监|主任|制片人?|策划|统筹|文案|设计|出品人?|制作|排版|剪辑|后期|主播|综合)"
)
_WRITING = (
    r"(?:文字?|图文|文图|文[/／、]图|撰文|撰稿|采写|采访|报道|整理|来稿|供稿|作者|读者|编译|翻译|"
    r"(?:[全融]媒体)?记者|通讯员)"
)
_PICTURES = r"(?:摄影?|图片?|(?:AI)?制图|插[图画]|漫画|绘[图画]|供图|视频|海报|题图|航拍)"
_BY = rf"(?:\s?[:：/／{BARS}]\s?|\s+)"
_WHO = rf"(?:[{HAN}\w]{{0,8}}?{_WRITERS}\s?)?(?:{_PEOPLE}|{_OUTLETS})"
_CREDITS = re.compile(
    rf"(?:(?P<staff>{_STAFF})|(?P<writing>{_WRITING})|{_PICTURES})(?P<by>{_BY})(?P<who>{_WHO})"
    rf"(?:[\s;；,，{BARS}]+(?:{_STAFF}|{_WRITING}|{_PICTURES}){_BY}{_WHO})*(?:\s+[\w]{{2,8}})?"
)
_EDITORS = re.compile(
    rf"(?:[本新值责执]\w{{1,3}})?(?:编辑|责编|校对|审[校核]|监制|主编|编委)\s?[:：/／{BARS}][^。！？!?]{{1,60}}"
)

_SOURCE = re.compile(
    r"(?:(?:本文|文章|新闻|信息|稿件|消息|内容|素材|数据|资料|视频|部分)?(?:来源|稿源|[转摘选引]自|转载自?|综合自)|原标题|原题)"
    rf"(?:\s?[:：/／{BARS}][^。！？]{{1,100}}|\s+{_OUTLETS})|(?:综合|转载?|摘编?|选|编译|整理)自{_OUTLETS}|"
    r"本版(?:文字|图文|稿件|图片|内容)?\s?(?:均?(?:综合|据|由|来源)|整理).{2,40}"
)
_PUBLISHER = re.compile(
    r"(?:国内统一(?:连续出版物)?刊?号|统一刊号|国内刊号|邮发代号|CN\d\d-\d{4}|ISSN).*|总?第\s?\d{1,6}\s?期|"
    r"(?:新闻|[报爆]料|投诉|广告|发行|订阅|采编|编辑部|报社|本[报刊台])(?:热线|电话|传真|地址|邮箱|邮编|网址)[:：\s].*|"
    r"投稿(?:邮箱|信箱|热线|请).*|.{2,10}(?:报社|出版社|杂志社)(?:主办|出版|承办)|(?:https?://|www\.)\S+"
)
_RIGHTS = re.compile(
    r"版权所有(?![者权])|版权(?:归|[:：].*所有)|未经.{0,8}(?:授权|许可|同意).{0,14}(?:转载|摘编|使用|复制|镜像|引用)|"
    r"All Rights Reserved|转载.{0,6}(?:注明|联系|授权)|"
    r"(?:免责|版权|特别|郑重)?声明[:：].*(?:本[文报网站]|转载|版权|不?代表|侵权)|(?:免责|版权|特别)声明$",
    re.IGNORECASE,
)

# The line of a date: dates, times, weekdays, the weather, pages, media, and nothing else.
_FULL_DAY = r"\d{4}[年\-/.]\s?\d{1,2}[月\-/.]\s?\d{1,2}日?"
_CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_WEATHER = r"(?:晴|多云|阴|[小中大暴阵]?[雨雪]|雷阵雨|大?雾|霾)(?:转\w{1,3})?(?=\s|$)"
_LUNAR = (
    rf"(?:农历)?(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年)?[正冬腊闰{_NUMERALS}]{{1,3}}月"
    rf"(?:初|十|廿|二十|三十)[{_NUMERALS}]?"
)
_PAGE = rf"第?\s?[A-Z]?\d{{1,3}}\s?版(?:[:：\s]\s?[{HAN}]{{2,6}})?"
_DATES = re.compile(
    rf"(?:(?:(?P<day>{_FULL_DAY}|\d{{1,2}}月\d{{1,2}}日|(?:星期|周)[一二三四五六日天]|{_LUNAR}|{_PAGE})|"
    rf"{_CLOCK}|{_WEATHER}|第\d+期|(?<!\w){_OUTLET}(?=[\s{BARS}]|$))[\s·,，{BARS}]*)+"
)
_STAMP = re.compile(rf"{_FULL_DAY}\s+{_CLOCK}")
_TIME_LABEL = re.compile(r"(?:(?P<published>(?:发布|发表|更新|发稿)(?:时间|日期|于))|时间|日期)\s?[:：]?\s?(?=.)")
_PLACES = re.compile(rf"[{HAN}]{{2,10}}(?:[\s{BARS}]+[{HAN}]{{2,10}})*")
_WRITER = rf"[{HAN}·]{{0,12}}?{_WRITERS}{_BY}?{_PEOPLE}"
_FILED_BY = re.compile(rf"(?:[{HAN}]{{2,10}}[\s{BARS}]+)?{_WRITER}(?:[\s、，;；{BARS}]+{_WRITER})*")

# What a page asks of its reader, or offers.
_SOCIAL = (
    r"(?:点赞|转发|在看|收藏|分享(?:[到至给])?|打印|纠错|字号|朋友圈|微信|微博|QQ空间|复制链接|返回首页|关闭窗口|"
    r"评论|关注)"
)
_TOOLS = re.compile(rf"(?:(?:{_SOCIAL}|[大中小](?![{HAN}]))[\s、，,{BARS}/／:：·【】\[\]]*)+")
_NEWS_OF_CALLS = re.compile(r"不得|[被将须禁骗罚遭]|强制|损失|[？?]")  # 扫码点餐不得强制关注, 点击链接被骗
_CALL = re.compile(
    r"(?:点击|轻点|猛?戳)[“「]?(?:查看|阅读|关注|观看|收看|下载|进入|播放|收听|订阅|报名|领取|这里|[上下]方|左下|右[上下]|文末|图片|"
    r"[上下]图|视频|链接|蓝字|标题|名片|卡片)|(?:扫码|扫一扫|扫描|长按|识别).{0,12}(?:关注|二维码|下载|领|抢|[进入]群|加入|[观收]看|阅读|"
    r"查看|报名|分享|参与|客户端|公众号)|(?:点个|点亮|点下)[“「]?(?:在看|赞$)|(?:喜欢|觉得|看完|别忘).{0,10}(?:点.?赞|在看|转发|分享)|"
    r"欢迎.{0,16}(?:留言|关注|转发|分享|投稿|评论|互动|订阅|扫码|追踪)|敬?请(?:关注|追踪|订阅)(?:我们|本|公众号|微信|[“《:：])|"
    r"关注我们(?!的)|更多(?:精彩|新闻|资讯|内容|详情)\w{0,4}?(?:$|[，,：:\s]*(?:敬?请|尽在|点击|关注|下载|[详可]?见|阅读|>))|未完待续"
)
_OFFER = re.compile(
    r"(?:广告|推广|(?:阅读|查看)(?:原文|全文|更多)|(?:往期|精彩)(?:回顾|推荐|内容|文章)|猜你喜欢|"
    r"(?:推荐|延伸|相关|拓展)(?:阅读|新闻|推荐|文章|视频)(?:[:：].*)?)[\s:：>»…]*|"
    r"(?:阅读|浏览|点击)(?:[次量]?数|量)?[:：\s]*\d[\d.]*\s?[万次]*\+?|(?:[您你])?(?:当前|现在)的?位置[:：].*|首页\s?[>›»].*|"
    r"发布于[:：\s].{2,12}|"
    rf"原创[\s:：{BARS}]+(?:{_PEOPLE}|{_OUTLETS})(?:\s+\w{{2,12}})*|"
    rf"(?:下转|上接|转|接)第?[A-Z]?[{_NUMERALS}\d]{{1,3}}版.{{0,8}}|"
    rf"(?:(?:相关|更多)?(?:报道|新闻|内容)?详?见)(?:今日|本报)?第?[A-Z]?[{_NUMERALS}\d]{{1,3}}版.{{0,8}}"
)
_REMARK = re.compile(r"[（(](?:本文|文中|标题|题目|本栏目?|本版|原文|注[:：])[^。]{2,28}[）)]")
_END = re.compile(r"(?:THE\s)?END|完|全文完|本文完", re.IGNORECASE)

_CLOSING_PICTURE = r"(?:资料图片?|资料照片|资料片|无人机照片|拼版照片|视频截图|网络图片?|效果图|示意图)"
_PICTURE = re.compile(
    r"[▲△▼▽↑↓◀◁←]|[（(【]?(?:图为(?!何)|[图片]+(?:说|注|源)?\s?[:：/／】]|(?:资料|配|[上下左右大小中主题头首附]|封面)图片?(?:为|[:：/／]|来源|均)|"
    rf"图(?:据|片来[自源]|片由|片?[①-⑳]|[{_NUMERALS}\d]{{1,2}}(?:[:：/／]|\s|为)))"
)
_ONLY_PICTURE = re.compile(
    rf"[（(\[【]?(?:本报)?(?:{_CLOSING_PICTURE}|[图片]+|AI(?:制图|生成)|截图|封面图片)[）)\]】]?"
)
_CREDIT = re.compile(
    r"(?:^|[\s。，,；;、：:/／）)（(!！?？”])[\w·、 \u3000]{0,24}"
    r"(?:(?<![拍视])摄影?|供图|制图|[/／:：\s](?:[\w·]{2,8}\s?)?图)[）)】]?$|"
    rf"(?:[（(]|[\s。，]+)(?:本报|新华社)?{_CLOSING_PICTURE}[）)]?。?$|[。\s（(]图(?:源|据|片来源)[:：]?\s?[^。]{{2,16}}$"
)
# Who wrote what stands before and took its picture: （通讯员 李明 文/图）, 记者 李明 摄影报道.
_REPORTED = re.compile(r"(?:[（(][^（）()。]*(?:文[/／、]?图|图[/／、]?文)|摄影?报[道导])[）)】]?$")
_AGENCY_PICTURE = re.compile(rf"{_AGENCY}发[\s（(].{{1,20}}")

_WORDS_AND_PICTURES = re.compile(
    rf"[（(]?(?:.{{0,12}}{_WRITERS}\s?)?{_PEOPLE}\s?[/／]?\s?(?:文[/／、]?图|图[/／、]?文|文(?:[\s、]+{_PEOPLE}[/／](?:图|摄影?))?)[）)]?|"
    r"[（(][^。]{0,30}(?:文[/／、并]?图|图[/／]文|文字?[/／]摄影)[）)]"
)
_BYLINES = (
    _WORDS_AND_PICTURES,
    re.compile(rf"[（(]?{_PEOPLE}\s?[/／]?\s?(?:摄影?)?报[道导][）)]?"),
    re.compile(rf"[（(【〔\[][^。！？]{{0,40}}{_WRITERS}[^。！？]{{0,60}}[）)】〕\]]"),
    re.compile(rf"[\w·/／]{{0,14}}?{_WRITERS}[:：/／{BARS}\s][^。！？]{{2,60}}"),
    re.compile(rf"[\w·/／]{{0,14}}?{_WRITERS}(?!手记|调查|观察|探访|从)[{HAN}·]{{2,4}}(?:[\s、／/].{{2,40}})?"),
    re.compile(rf"(?:文|文字|文图|图文|文、图|文/图|整理|采写)\s?[/／{BARS}]\s?.{{2,40}}"),
    re.compile(rf"[（(]?据?{_AGENCY}[^。！？]{{0,20}}(?:[电讯]|\d日)[）)]?"),
    re.compile(r"[（(](?:综合|据)[^。！？（(]{2,40}(?:报道|报导|[电讯]|消息)[）)]|[（(]?本[报网台刊]综合(?:报道|消息)?[）)]?|[（(]综合[）)]"),
    re.compile(rf"[（(]?据(?:{_AGENCY}|{_OUTLET}|《[^》]{{2,14}}》)(?:消息|报道)?[）)]?|[（(](?:{_AGENCY}|{_OUTLET})(?:发|供稿)?[）)]"),
    re.compile(rf"(?:本[报网台刊]|特[约邀]|首席)评论员(?:[\s:：]*{_PEOPLE})?"),
    re.compile(r"[（(](?:完|本文完|全文完|END)[）)]"),
)  # fmt: skip
_FILED = rf"(?:{_AGENCY}[^。，,]{{0,24}}?(?:电|讯|消息)|[{HAN}]{{2,8}}讯)"
_DATELINE_ALONE = re.compile(rf"{_FILED}\s*(?:[（(][^（）()。]{{2,40}}[）)]|\s{_WRITERS}\s?{_PEOPLE})")
_REPORTS_FROM = re.compile(rf"[^（(]*{_WRITERS}[^（(）)]*(?:[/／]|\s|在)(?!摄影?报|图文报)[{HAN}]{{2,12}}(?:报道|报导)")
_DATELINE = re.compile(
    rf"[【（(]?(?:{_AGENCY}[^。，,]{{0,24}}?(?:日专?[电讯]|[电讯](?=[\s（(】）)记：:\d]|$)|消息)|"
    rf"[{HAN}]{{2,8}}(?<![快简资喜])讯(?:[\s（(]|$)|(?:中央社|法新社|路透社|美联社)[^。，,]{{0,16}}电)"
)
_CLOSED = re.compile(rf"[（(][^（(）)]{{0,40}}(?:{_WRITERS}|完)[^（(）)]{{0,50}}[）)]$")
_NAMES = re.compile(rf"[（(]?[□▢\s]*(?P<names>{_PEOPLE})[）)]?")


def is_notice(text: str) -> bool:
    """Editors, sources, dates, pages, calls and all else that a page carries around its stories."""
    if len(text) > 120:
        return False
    core = text.strip("（()）【】[]［］*—–─- \u3000↑↓→←▲▼△▽👇👆")
    if _is_label(core) or _REMARK.fullmatch(text) or _RIGHTS.search(text) or is_end(text):
        return True
    if len(text) <= 40 and ((_CALL.match(core) or "“在看" in core) and not _NEWS_OF_CALLS.search(core)):
        return True
    tools = re.findall(_SOCIAL, core) if _TOOLS.fullmatch(core) else []
    alone = tools[:1] in (["打印"], ["纠错"], ["字号"], ["在看"])
    return len(tools) > 1 or alone or tools[:1] == ["分享到"] or _OFFER.fullmatch(core) is not None or _is_dated(core)


def is_end(text: str) -> bool:
    """A notice that says that the article ends (`— END —`)."""
    return _END.fullmatch(text.strip("—–─- ")) is not None


def is_caption(text: str) -> bool:
    """What stands under a picture, or who took it."""
    if len(text) > 200 or _WORDS_AND_PICTURES.fullmatch(text):
        return False
    if (len(text) <= 120 and _PICTURE.match(text)) or _ONLY_PICTURE.fullmatch(text):
        return True
    credits = _read_credits(text)
    if credits and not credits["staff"] and not credits["writing"]:
        return True
    if _REPORTED.search(text):
        return False
    return _CREDIT.search(text[-48:]) is not None or (len(text) <= 60 and _AGENCY_PICTURE.fullmatch(text) is not None)


def is_byline(text: str) -> bool:
    """Who wrote or reported a story."""
    if len(text) > 110:
        return False
    plain = text.lstrip(f"{BULLETS}△▲ \u3000")
    credits = _read_credits(plain.strip("（()）"))
    named = credits is not None and credits["writing"] is not None
    return named or any(pattern.fullmatch(plain) for pattern in _BYLINES) or opens_story(plain)


def opens_story(byline: str) -> bool:
    """A byline that stands before its story, as it gives the place (`记者 王明 成都报道`, `本报讯（记者 王明）`)."""
    return _REPORTS_FROM.fullmatch(byline) is not None or _DATELINE_ALONE.fullmatch(byline) is not None


def has_dateline(text: str) -> bool:
    """Whether a paragraph begins as the first one of a news story does (`新华社北京11月3日电`)."""
    return _DATELINE.match(text) is not None


def ends_with_credit(text: str) -> bool:
    """Whether a paragraph ends as the last one of a news story does (`（记者 王明）`)."""
    return _CLOSED.search(text) is not None


def named_people(text: str) -> list[str]:
    """The people of a line that holds names only (`□ 李明 王小红`), none of any other line."""
    match = _NAMES.fullmatch(text) if len(text) <= 24 else None
    names = credited_names(match["names"]) if match else []
    return names if all(tag(name)[0].tag in ("PER", "ORG") for name in names) else []


def _read_credits(text: str) -> re.Match[str] | None:
    credits = _CREDITS.fullmatch(text)
    if credits is None or credits["by"].strip() or re.search(rf"{_WRITERS}|{_OUTLET}$", credits["who"]):
        return credits
    return credits if named_people(credits["who"]) else None


def _is_label(core: str) -> bool:
    credits = _read_credits(core)
    if credits and credits["staff"]:
        return True
    return any(pattern.fullmatch(core) for pattern in (_EDITORS, _SOURCE, _PUBLISHER))


def _is_dated(core: str) -> bool:
    label = _TIME_LABEL.match(core)
    core = core[label.end() :] if label else core
    dates = _DATES.match(core)
    if dates is None or dates["day"] is None:
        return False
    rest = core[dates.end() :]
    if label and not label["published"] and not rest:  # the time of an event may stand so
        return False
    written = _is_label(rest) or _FILED_BY.fullmatch(rest) is not None
    return not rest or written or bool(_STAMP.search(core) and _PLACES.fullmatch(rest))
