"""What small models get wrong around dates is put right."""

import pytest

from summarize.fidelity import correct_dates
from summarize.grounding import ground


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (
            "12月3日晚，夜访队查看燃气管道。",
            "On December 3, night visitors checked the gas pipes.",
            "On the evening of December 3, night visitors checked the gas pipes.",
        ),
        (
            "10月27日上午，民警来到汽配城。",
            "The officer came on October 27 to the city.",
            "The officer came on the morning of October 27 to the city.",
        ),
        ("今年8月的一个雨夜，他们出发了。", "On August this year, they left.", "In August this year, they left."),
        ("电梯6月下旬投入使用，住户签了字。", "It was put into use late June.", "It was put into use in late June."),
        ("电梯6月底投入使用。", "It was put into use the end of June.", "It was put into use at the end of June."),
        ("大桥今年8月初通车。", "The bridge opened early August.", "The bridge opened in early August."),
        ("晚上8时许，超市起火。", "A shop caught fire at 8 p.m.", "A shop caught fire at around 8 p.m."),
        ("除夕夜他在加班。", "He worked on New Year's Eve.", "He worked on Chinese New Year's Eve."),
        ("大年三十他在加班。", "He worked on Lunar New Year's Eve.", "He worked on Lunar New Year's Eve."),
        (
            "晚上8时许，超市起火。",
            "Shortly before 8 p.m. a shop caught fire.",
            "Shortly before 8 p.m. a shop caught fire.",
        ),
        ("这座桥2019年5月通车。", "The bridge opened on May 2019.", "The bridge opened in May 2019."),
    ],
)
def test_dates_are_put_right(source: str, target: str, expected: str) -> None:
    assert correct_dates(target, ground([source])[0]) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("12月3日晚，夜访队出发。", "On the evening of December 3, the team left."),
        ("电梯6月底投入使用。", "The lift was put into use in late June."),
        ("电梯6月底前投入使用。", "The lift was to be used by late June."),
        ("电梯6月底投入使用。", "Residents expected late June to be the date."),
        ("12月3日晚，夜访队出发。", "The team left on December 3 in the evening."),
        ("12月3日晚8时，夜访队出发。", "The team left on December 3 at 8 p.m."),
        ("12月3日，夜访队出发。", "The team left on December 3."),
        ("今年8月，他们出发了。", "They left in August this year."),
        ("12月3日晚，夜访队出发。", "The team left that evening, December 3."),
        ("", "On August 3."),
        ("大桥今年8月竣工。", "Completion August this year is expected."),
        ("12月3日晚，夜访队出发。", "The session December 3 was long."),
    ],
)
def test_right_dates_are_let_be(source: str, target: str) -> None:
    assert correct_dates(target, ground([source])[0]) == target
