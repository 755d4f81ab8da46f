from summarize.article import Span, chunks
from summarize.grounding import Item
from summarize.passages import Passage, cut, join

TEXT = "“船造好了。每年要花3万元。”船厂的周海平说。"
SPANS = [Span(0, 6), Span(6, 15), Span(15, len(TEXT))]


def test_each_part_of_a_quotation_has_both_marks() -> None:
    items = [Item("number", 10, 12, "3万", ("30,000",)), Item("person", 18, 21, "周海平", ("Zhou Haiping",))]
    assert [TEXT[item.start : item.end] for item in items] == ["3万", "周海平"]
    passages = cut(TEXT, items, SPANS)
    assert [passage.zh for passage in passages] == ["“船造好了。”", "“每年要花3万元。”", "船厂的周海平说。"]
    assert [passage.continues for passage in passages] == [False, True, False]
    for passage in passages:
        assert [passage.zh[item.start : item.end] for item in passage.items] == [item.zh for item in passage.items]
    assert sum(len(passage.items) for passage in passages) == 2


def test_the_marks_within_a_quotation_are_taken_out_again() -> None:
    passages = cut(TEXT, [], SPANS)
    english = ['"The boat is ready."', '"It costs 30,000 yuan a year."', "said Zhou Haiping of the yard."]
    assert join(passages, english) == '"The boat is ready. It costs 30,000 yuan a year." said Zhou Haiping of the yard.'


def test_two_quotations_stay_two() -> None:
    text = "“船造好了。”“每年要花3万元。”"
    passages = cut(text, [], chunks(text, 12))
    assert [passage.zh for passage in passages] == ["“船造好了。”", "“每年要花3万元。”"]
    assert join(passages, ['"It is ready."', '"It is dear."']) == '"It is ready." "It is dear."'


def test_quotations_of_traditional_text_and_over_three_passages() -> None:
    text = "他說：「船造好了。每年要花錢。但是值得。」"
    passages = cut(text, [], [Span(0, 9), Span(9, 15), Span(15, len(text))])
    assert [passage.zh for passage in passages] == ["他說：「船造好了。」", "「每年要花錢。」", "「但是值得。」"]
    parts = ['He said: "The boat is ready."', '"It costs money."', '"But it is worth it."']
    assert join(passages, parts) == 'He said: "The boat is ready. It costs money. But it is worth it."'


def test_a_part_whose_sentence_stayed_open_is_joined_as_it_is() -> None:
    passages = [Passage("“船造好了。”", ()), Passage("“每年要花钱。”", (), continues=True)]
    assert join(passages, ['"It is ready.', 'It costs money."']) == '"It is ready. It costs money."'
    assert join(passages, ['"It is ready.', '"It costs money."']) == '"It is ready. It costs money."'


def test_speech_that_the_model_told_indirectly_leaves_the_rest_quoted() -> None:
    passages = [Passage("他说：“船造好了。”", ()), Passage("“每年要花钱。”他又说。", (), continues=True)]
    assert join(passages, ["He said it was ready.", '"It costs money," he added.']) == (
        'He said it was ready. "It costs money," he added.'
    )
    assert join(passages, ["He said it was ready.", 'It costs money," he added.']) == (
        'He said it was ready. "It costs money," he added.'
    )


def test_a_mark_that_nothing_closes_changes_nothing() -> None:
    text = "“船造好了。每年要花3万元。"
    assert [passage.zh for passage in cut(text, [], chunks(text, 12))] == ["“船造好了。", "每年要花3万元。"]


def test_blank_parts_and_empty_english_leave_no_gap() -> None:
    text = "船造好了。 　每年要花钱。"
    passages = cut(text, [], [Span(0, 5), Span(5, 7), Span(7, len(text))])
    assert [passage.zh for passage in passages] == ["船造好了。", "每年要花钱。"]
    assert join(passages, ["", "It costs money."]) == "It costs money."
    assert join(passages, ["It is ready.", ""]) == "It is ready."
    assert join([], []) == ""


def test_a_part_that_goes_on_with_a_sentence_has_no_capital() -> None:
    passages = [Passage("受强冷空气影响，", ()), Passage("27日夜间气温下降，", ()), Passage("下了雪。", ())]
    english = ["Affected by strong cold air,", "The temperature fell on the night of the 27th.", "It snowed."]
    told = "Affected by strong cold air, the temperature fell on the night of the 27th. It snowed."
    assert join(passages, english) == told
    assert (
        join(passages[:2], ["Affected by cold air,", "Beijing had snow."]) == "Affected by cold air, Beijing had snow."
    )
