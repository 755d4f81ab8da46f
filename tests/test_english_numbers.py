from decimal import Decimal

import pytest

from summarize.grounding.english_numbers import ordinal, read_english_numbers


def values(text: str) -> list[Decimal]:
    return [number.value for number in read_english_numbers(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,800,000", 1_800_000),
        ("1.8 million", 1_800_000),
        ("$1.8m", 1_800_000),
        ("$1.2trn", 1_200_000_000_000),
        ("2.3pc", Decimal("0.023")),
        ("£11million", 11_000_000),
        ("5bn", 5 * 10**9),
        ("20k", 20_000),
        ("eighteen hundred", 1800),
        ("one hundred and five", 105),
        ("twenty-one", 21),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("half", Decimal("0.5")),
        ("half a million", 500_000),
        ("two and a half million", 2_500_000),
        ("six and a half", Decimal("6.5")),
        ("a million and a half", 1_500_000),
        ("a hundred", 100),
        ("one hundred thousand", 100_000),
        ("two million, three hundred thousand, five hundred and one", 2_300_501),
        ("one hundred and one million", 101_000_000),
        ("three-quarters", Decimal("0.75")),
        ("a quarter", Decimal("0.25")),
        ("four-fifths", Decimal("0.8")),
        ("one-fifth", Decimal("0.2")),
        ("30%", Decimal("0.3")),
        ("30 percent", Decimal("0.3")),
        ("thirty per cent", Decimal("0.3")),
        ("2.5 percentage points", Decimal("0.025")),
        ("third", 3),
        ("21st", 21),
        ("twenty-first", 21),
        ("two hundredth", 200),
        ("25,000-strong", 25_000),
        ("13-year-old", 13),
        ("1,600-plus", 1600),
        ("1990s", 1990),
        ("zero", 0),
        ("3.25", Decimal("3.25")),
    ],
)
def test_one_number(text, value):
    assert values(text) == [value]
    assert values(f"There were {text} of them, they said.") == [value]


def test_two_thirds():
    (number,) = read_english_numbers("two thirds of voters")
    assert number.text == "two thirds"
    assert round(number.value, 4) == Decimal("0.6667")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two, three and four", [2, 3, 4]),
        ("a 3-2 win", [3, 2]),
        ("one in five", [1, 5]),
        ("30 to 40 percent", [Decimal("0.3"), Decimal("0.4")]),
        ("twenty or thirty percent", [Decimal("0.2"), Decimal("0.3")]),
        ("November 2, 2023", [2, 2023]),
        ("HER2, G20 and SS19", []),
        ("the third quarter", [3]),
        ("tens of thousands", []),
        ("", []),
    ],
)
def test_several_or_none(text, expected):
    assert values(text) == expected


def test_spans_are_where_the_number_stands():
    text = "More than 1.8 million parcels, or 35 percent, left on the 21st."
    assert [text[n.start : n.end] for n in read_english_numbers(text)] == ["1.8 million", "35 percent", "21st"]
    assert [n.text for n in read_english_numbers(text)] == ["1.8 million", "35 percent", "21st"]


def test_flags():
    year, percent, third, people = read_english_numbers("In 2019, nearly 30% voted a third time, some 40-odd people.")
    assert year.date and not year.percent
    assert percent.percent and percent.approximate
    assert third.ordinal
    assert people.approximate and not people.date


@pytest.mark.parametrize(
    "text", ["November 2", "2 November", "the 2nd of November", "at 2 p.m.", "at 2:30", "the 1990s"]
)
def test_dates_are_flagged(text):
    (number,) = read_english_numbers(text)
    assert number.date


def test_ordinal():
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "13th",
        "21st",
        "22nd",
        "101st",
        "111th",
    ]
