"""Chinese marks and full-width characters become those of English."""

import pytest

from summarize.punctuation import chinese_marks, english_marks, straight_quotations


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("Come，sit down。Will you？", "Come, sit down. Will you?"),
        ("He said：“Yes。”Then he left", 'He said: "Yes." Then he left'),
        ("about 1，600 people，12 of them", "about 1,600 people, 12 of them"),
        ("the report（draft）of【today】", "the report (draft) of [today]"),
        ("１２．５％", "12.5%"),
        ("Baoying丨Park", "Baoying | Park"),
        ("at 8 p. m. today", "at 8 p.m. today"),
        ("a “half quotation", 'a "half quotation'),
        ("So it goes……on", "So it goes…on"),
    ],
)
def test_english_marks(chinese: str, english: str) -> None:
    assert english_marks(chinese) == english


def test_straight_quotations() -> None:
    assert straight_quotations("他说“好。”") == '他说 "好。" '


def test_chinese_marks_keep_the_length() -> None:
    text = "他说:“12:30(周三)开门,票价8,000元”;Yes, really."
    assert chinese_marks(text) == "他说：“12:30（周三）开门，票价8,000元”；Yes, really."
