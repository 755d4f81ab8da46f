from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.article import Article, Span, chunks, parse_article, read_article, sentences, without_soft_breaks
from summarize.errors import InputError

STORY = (
    "昨日清晨，青川县连降暴雨，河水漫上了老街的石板路，镇上的消防队员划着橡皮艇逐户转移居民。",
    "消防队员周永康说，老街上还有几十户居民不愿意离开，他们挨家挨户敲门劝说，把行动不便的老人背上橡皮艇。",
    "截至中午，已有三百二十名居民被转移到县第一中学的体育馆，食堂为居民准备了热粥和馒头，医生给老人量了血压。",
    "青川县水务局表示，上游水库已经开闸泄洪，预计今晚河水水位将回落到警戒线以下，居民可望明早回到老街。",
)


def texts(article: Article) -> list[str]:
    return [article[i] for i in range(len(article.paragraphs))]


def wrapped(paragraphs: tuple[str, ...], width: int, indent: str = "") -> str:
    lines = [(indent + p)[i : i + width] for p in paragraphs for i in range(0, len(indent + p), width)]
    return "\n".join(lines)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\n\n", "\n\u3000\u3000", " \n \n\t", "\u2028"])
def test_a_line_is_a_paragraph(newline: str) -> None:
    assert texts(parse_article(f"\ufeff\u3000\u3000{newline.join(STORY)}\r\n")) == list(STORY)


@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
@pytest.mark.parametrize("width", [24, 28, 30, 33, 40])
def test_lines_broken_in_mid_sentence_are_joined(width: int, indent: str) -> None:
    article = parse_article("青川消防员转移三百居民\n" + wrapped(STORY, width, indent))
    assert [without_soft_breaks(text) for text in texts(article)] == ["青川消防员转移三百居民", *STORY]
    assert all("\n" in text for text in texts(article)[1:])


def test_lines_of_a_list_stay_apart() -> None:
    titles = [f"武岭乡第{n}合作社的春茶提前六天开采上市" for n in "一二三四五六七八九"]
    assert texts(parse_article("\n".join(titles))) == titles


def test_soft_breaks_between_latin_words_become_spaces() -> None:
    assert without_soft_breaks("他说 Hello\nWorld 很\n 好") == "他说 Hello World 很好"


def test_no_line_breaks() -> None:
    text = (
        "临溪丨老码头片区：烂泥滩变成口袋公园近日，临溪市民在口袋公园里散步。陆晓峰 摄"
        "“以前走这条路要捂着鼻子，现在天天来打太极。”退休教师方秀珍说，她每天清晨六点走进公园。"
        "老码头片区停用二十多年后堆满建筑垃圾，雨季污水横流。街道去年把它列入改造名单，请居民自己画图纸。"
        "（临溪日报记者罗启文、通讯员曾小满）"
        "【菜市场：扫码就能查到谁种的菜】惠民菜市场的每个摊位前都挂着一块电子牌，用手机一扫就能看到菜是谁种的。"
        "摊主聂桂香起初嫌麻烦，现在每天比以前多卖三十来斤。（临溪日报记者丁一凡）责任编辑：李红"
    )
    found = texts(parse_article(text))
    assert found[:3] == [
        "临溪丨老码头片区：烂泥滩变成口袋公园",
        "近日，临溪市民在口袋公园里散步。陆晓峰 摄",
        "“以前走这条路要捂着鼻子，现在天天来打太极。”退休教师方秀珍说，她每天清晨六点走进公园。",
    ]
    assert "（临溪日报记者罗启文、通讯员曾小满）" in found
    assert "【菜市场：扫码就能查到谁种的菜】" in found
    assert found[-2:] == ["（临溪日报记者丁一凡）", "责任编辑：李红"]
    assert "".join(found) == text


def test_a_short_single_line_is_one_paragraph() -> None:
    assert texts(parse_article(STORY[0])) == [STORY[0]]


PIECES = st.one_of(
    st.sampled_from(
        [
            *STORY,
            "【标题】",
            "地点丨标题",
            "（记者 王明）",
            "张三 摄",
            "“好。”",
            "“没有关上",
            "\u3000",
            "\r\n",
            "\n\n",
            "\t",
        ]
    ),
    st.text(st.sampled_from("一二天地人，。！？…“”（）【】丨|■：\u3000\n\r abc12"), max_size=80),
)


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=30), st.integers(0, 45))
def test_paragraphs_hold_every_character_once(pieces: list[str], width: int) -> None:
    text = "".join(pieces) + "字"
    if width > 5:
        text = "\n".join(text[i : i + width] for i in range(0, len(text), width))
    article = parse_article(text)
    end = 0
    for span in article.paragraphs:
        assert not text[end : span.start].strip()
        paragraph = text[span.start : span.end]
        assert paragraph and paragraph == paragraph.strip()
        end = span.end
    assert not text[end:].strip()


@given(st.text(st.sampled_from("一二。！？…”）,a "), min_size=1, max_size=200), st.integers(1, 50))
def test_sentences_and_chunks_cover_the_text(text: str, limit: int) -> None:
    for spans in (sentences(text), chunks(text, limit)):
        assert [span.start for span in spans] == [0, *(span.end for span in spans[:-1])]
        assert spans[-1].end == len(text)
    assert all(span.end - span.start <= limit for span in chunks(text, limit))


def test_long_sentences_are_cut_at_pauses() -> None:
    text = "全市投入1,600,000元,改造小区12个,惠及居民三千户;新建停车场、公园、学校,居民都说好。"
    parts = [text[span.start : span.end] for span in chunks(text, 40)]
    assert parts == ["全市投入1,600,000元,改造小区12个,惠及居民三千户;", "新建停车场、公园、学校,居民都说好。"]
    assert [text[span.start : span.end] for span in chunks(text, 60)] == [text]
    assert [span.end for span in chunks("字" * 25, 10)] == [10, 20, 25]


def test_sentences_keep_closing_quotes() -> None:
    assert sentences("他说：“好！”走了。") == [Span(0, 7), Span(7, 10)]


@pytest.mark.parametrize(("data", "said"), [(b"", "empty"), (b"a\0b", "not text"), (b"only English", "no Chinese")])
def test_what_is_no_article(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_article(data)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("東京都は12日、新しい計画を発表した。", "Japanese"),
        ("<!DOCTYPE html><html><p>渔船返港。</p></html>", "HTML"),
        ("<?xml version='1.0'?>\n<!-- 1 -->\n<!-- 2 --><p>渔船返港。</p>", "HTML"),
        ("稿件/没有这篇.txt", "does not exist"),
    ],
)
def test_what_is_no_chinese_article(given: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_article(given)


def test_a_file_name_within_a_sentence_is_text() -> None:
    assert read_article("请把稿件存为news.txt，再发给我。").text.startswith("请把")
    assert read_article("「もう一度」是他最爱的歌，他每天都唱。").text.endswith("。")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("投入50\u200b00万元，西\u200b安、福\u00ad州。", "投入5000万元，西安、福州。"),
        ("\ufeff渔船\u200e返港。\n\u200b\n\u2060雨停了。", "渔船返港。\n\n雨停了。"),
        (
            "一家\U0001f468\u200d\U0001f469\u200d\U0001f467出游，孩\u200d子笑。",
            "一家\U0001f468\u200d\U0001f469\u200d\U0001f467出游，孩子笑。",
        ),
        ("&nbsp;&nbsp;福州&ldquo;三坊七巷&rdquo;夜游", "\xa0\xa0福州“三坊七巷”夜游"),
        ("A&amp;B标段&#12289;&#x3010;C&#X3011;完工&#13;\n雨停了。", "A&B标段、【C】完工 \n雨停了。"),
        ("西&ZeroWidthSpace;安&shy;&#8203;市", "西安市"),
        (
            "AT&T、R&D;投入，http://e.cn/?a=1&lt=2&amp=3，&nosuch;",
            "AT&T、R&D;投入，http://e.cn/?a=1&lt=2&amp=3，&nosuch;",
        ),
    ],
)
def test_text_is_read_as_people_see_it(given: str, read: str) -> None:
    for article in (parse_article(given), parse_article(given.encode())):
        assert article.text == read
        assert texts(article) == [line.strip() for line in read.split("\n") if line.strip()]


def test_text_that_nobody_sees_is_none() -> None:
    for nothing in ("\u200b\n\ufeff", "&nbsp;&#8203;"):
        with pytest.raises(InputError, match="is empty"):
            parse_article(nothing)


def test_a_broken_byte_of_utf_8_is_told() -> None:
    data = "\n".join(STORY).encode()
    for broken in (data[:200] + b"\xff" + data[200:], data[:200] + data[201:]):
        with pytest.raises(InputError, match="UTF-8, but broken in line 2"):
            parse_article(broken)


def test_big5_is_told_from_gb_18030() -> None:
    text = "寶應縣昨天舉行了一場志願服務活動，有三百多人參加。村民們說，這樣的活動很好。"
    assert parse_article(text.encode("big5")).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes("\n".join(STORY).encode(encoding))
    article = read_article(path)
    assert texts(article) == list(STORY)
    assert article.source == str(path)
