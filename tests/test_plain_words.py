"""Idioms and words of everyday speech, and the plain ones that the model reads instead."""

import re
from collections import Counter

import pytest

from summarize.grounding import Item, ground
from summarize.grounding.exonyms import rows
from summarize.plain_words import plain_words
from summarize.renderings import with_renderings
from summarize.traditional import simplify

TABLE = list(rows("plain_words.tsv", "summarize"))
WORDS = [zh for words, _ in TABLE for zh in words.split(",")]


def test_each_word_stands_once_in_simplified_characters() -> None:
    assert [word for word, count in Counter(WORDS).items() if count > 1] == []
    assert [word for word in WORDS if len(word) < 2 or simplify(word) != word] == []


def test_plain_words_say_no_figures_that_the_words_do_not() -> None:
    figures = [re.findall(r"\d+", plain) for _, plain in TABLE]
    assert [row for row, found in zip(TABLE, figures, strict=True) if found] == []


def test_plain_words_are_not_read_as_other_words_again() -> None:
    # 终于松口气 stands as itself, so that 终于松口 is not seen in it.
    rows_again = [(words, plain, plain_words(plain, ())) for words, plain in TABLE if words != plain]
    assert [row for row in rows_again if row[2]] == []


@pytest.mark.parametrize(
    ("text", "ready"),
    [
        ("女工们两头不耽误，心里乐开了花。", "女工们两件事都能兼顾，心里非常高兴。"),
        ("她心裡樂開了花，兩頭不耽誤。", "她心裡非常高兴，两件事都能兼顾。"),
        ("他拍了短片《乐开了花》。", "他拍了短片《乐开了花》。"),
        ("看过《月光》的人乐开了花。", "看过《月光》的人非常高兴。"),
    ],
)
def test_the_model_reads_plain_words(text: str, ready: str) -> None:
    assert with_renderings(text, ground([text])[0]) == ready


@pytest.mark.parametrize("example", [example for *_, example in rows("turns_of_phrase.tsv", "summarize")])
def test_turns_of_phrase_are_found_in_their_examples(example: str) -> None:
    assert plain_words(example, ())


@pytest.mark.parametrize(
    ("text", "ready"),
    [
        ("她怀孕七个月还在值班。", "她已有seven months身孕还在值班。"),
        ("怀孕三个月后，她辞了职。", "怀孕three months后，她辞了职。"),
        ("他终于做通了老人的思想工作。", "他终于说服了老人。"),
        ("女儿给老人做工作，劝他看病。", "女儿劝说老人，劝他看病。"),
        ("企业给工人做工作服。", "企业给工人做工作服。"),
        ("让乡亲过好日子，是他最大的心愿。", "他最大的心愿是让乡亲过好日子。"),
        ("谁家有空房，谁就拿出来。", "有空房的人家就拿出来。"),
        ("别看东西不值钱，却很有用。", "虽然东西不值钱，但很有用。"),
        ("好在民警及时赶到。", "幸好police officers及时赶到。"),
        ("孩子争气，就是学费还没着落。", "孩子争气，但是学费还没着落。"),
        ("他拉了一个多小时家常。", "他聊了more than one hour。"),
        ("乘着乡村旅游的东风，村里办起了民宿。", "借助rural tourism的发展，村里办起了homestay。"),
        ("前脚刚扫完，树叶后脚又落了一地。", "刚扫完，树叶马上落了一地。"),
        ("今天小雨转多云。", "今天小雨，之后转为多云。"),
        ("王师傅开出租18年。", "Master Wang开出租车18 years。"),
        ("老人突然晕倒在路边。", "老人突然失去意识在路边。"),
        ("别看手机了，快吃饭。", "别看手机了，快吃饭。"),
        ("天冷了。这不，水管又冻裂了。", "天冷了。水管又冻裂了。"),
        ("老师傅在指点新工人。", "老师傅在指导新工人。"),
        ("他用手指点了点屏幕。", "他用手指点了点屏幕。"),
        ("村民扫雪的扫雪，铲冰的铲冰。", "村民有的扫雪，有的铲冰。"),
        ("家里老的老，小的小。", "家里老的老，小的小。"),
        ("他这一干就是三十年。", "他一直干了30 years。"),
        ("为办证，他跑了五个部门。", "为办证，他去了five个部门。"),
        ("监狱跑了两个逃犯。", "监狱跑了two个逃犯。"),
        ("看病不用再跑大医院。", "看病不用再去大医院。"),
        ("儿子在外打工。", "儿子在家乡之外打工。"),
        ("他在国外打工。", "他在国外打工。"),
        ("种菜的收入比以前强多了。", "种菜的收入比以前好多了。"),
        ("这次台风比上次强。", "这次台风比上次强。"),
    ],
)
def test_turns_of_phrase_are_read_as_plain_ones(text: str, ready: str) -> None:
    assert with_renderings(text, ground([text])[0]) == ready


def test_items_of_the_passage_are_left_whole() -> None:
    text = "乐开了花店开业。"
    item = Item("organisation", 1, 5, "开了花店", ("Kaile Flower Shop",))
    assert with_renderings(text, [item]) == "乐Kaile Flower Shop开业。"
