"""Idioms and words of everyday speech, and the plain ones that the model reads instead."""

import re
from collections import Counter

import pytest

from summarize.grounding import Item, ground
from summarize.grounding.exonyms import rows
from summarize.plain_words import find_words
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


def test_plain_words_are_not_words_of_the_table_themselves() -> None:
    assert [plain for _, plain in TABLE if list(find_words(plain))] == []


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


def test_items_of_the_passage_are_left_whole() -> None:
    text = "乐开了花店开业。"
    item = Item("organisation", 1, 5, "开了花店", ("Kaile Flower Shop",))
    assert with_renderings(text, [item]) == "乐Kaile Flower Shop开业。"
