import pytest

from summarize.english_usage import correct_usage, with_speech_joined


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("who needs a ambulance and a ice factory", "who needs an ambulance and an ice factory"),
        ("A elderly man walked in.", "An elderly man walked in."),
        ("a 82-year-old woman in a 11-year-long dispute", "an 82-year-old woman in an 11-year-long dispute"),
        ("an new bridge", "a new bridge"),
        ("I lost a ID card and an X-ray", "I lost an ID card and an X-ray"),
        ("Zhou Guilan, 78, a 78-year-old resident, said", "Zhou Guilan, a 78-year-old resident, said"),
        ("Zhou Guilan, 78, and a 7-year-old girl", "Zhou Guilan, 78, and a 7-year-old girl"),
        ("On the early morning of May 1, it rained.", "In the early morning of May 1, it rained."),
        ("It was full on the National Day holiday.", "It was full during the National Day holiday."),
        ('She said: "after 8 p.m., I had to wait."', 'She said: "After 8 p.m., I had to wait."'),
        ("He praised U. S. President Trump.", "He praised U.S. President Trump."),
        ("The director introduced that next year", "The director said that next year"),
    ],
)
def test_slips_are_put_right(slip: str, right: str) -> None:
    assert correct_usage(slip) == right


@pytest.mark.parametrize(
    "text",
    [
        "a one-year plan, a once quiet town, a unique, useful, united and universal union",
        "a European city, a ewe, a user, a utility, a urologist, a UK firm, a eulogy",
        "an hour, an honest man, an honor, an heir, an FBI agent, an 8-year-old, an X-ray, an MP",
        "an apple, an umbrella, an uncle, an unusual idea, an urban area, an only child",
        "a 180-day trial, a 110-meter bridge, a 1,800-seat hall, a 1.1 percent rise",
        "Vitamin A is in eggs; grade A apples; plan A emerged",
        "Ya'an city and Lu'an county; Liu An made tofu",
        'the motto: "small steps"',
        'She added: "iPhone sales have doubled this year."',
        "She introduced the plan that the town made.",
    ],
)
def test_right_english_is_let_be(text: str) -> None:
    assert correct_usage(text) == text


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ('"It can run." Wang Guojun said.', '"It can run," Wang Guojun said.'),
        ('"It saves." Ma Maiyan, a worker, said with a smile.', '"It saves," Ma Maiyan, a worker, said with a smile.'),
        ('"It is late." He Qiang said.', '"It is late," He Qiang said.'),
        ('"It is late." He said.', '"It is late," he said.'),
        ('"It is late." The old man said, and left.', '"It is late," the old man said, and left.'),
    ],
)
def test_speech_is_joined_to_who_spoke(slip: str, right: str) -> None:
    assert with_speech_joined(slip) == right


@pytest.mark.parametrize(
    "text",
    [
        '"It can run." Wang Guojun said that it could.',
        '"It can run." Democrats, he said, are on a mission.',
        '"It can run." Briefings will still happen, Sanders said, but less often.',
        '"Can it run?" Wang Guojun said.',
    ],
)
def test_other_sentences_stay_apart(text: str) -> None:
    assert with_speech_joined(text) == text
