"""One spelling of a foreign name throughout an article."""

import pytest

from summarize.consistency import same_spelling
from summarize.grounding import ground


def unify(*passages: tuple[str, str]) -> list[str]:
    """Pieces of four letters stand for the tokens of a model."""
    items = [item for found in ground([zh for zh, _ in passages]) for item in found]
    return same_spelling(passages, items, lambda text: 1 + len(text) // 4)


def test_the_spelling_that_stands_most_often_wins() -> None:
    assert unify(
        ("教练佩尔·霍伦德宣布辞职。", "Coach Per Hollend announced his resignation."),
        ("霍伦德说他很累。", "Hollund said he was tired."),
        ("俱乐部感谢霍伦德。", "The club thanked Hollund. Hollund's contract ends in May."),
    ) == [
        "Coach Per Hollund announced his resignation.",
        "Hollund said he was tired.",
        "The club thanked Hollund. Hollund's contract ends in May.",
    ]


def test_a_name_with_other_characters_does_not_win() -> None:
    written = unify(
        ("队长吉姆·弗里克很满意。", "Captain Jim Frick was pleased."),
        ("弗里克信任队员。", "Frank trusts his players."),
        ("弗里克说明天见。", '"See you tomorrow," Frank said.'),
    )
    assert written[1:] == ["Frick trusts his players.", '"See you tomorrow," Frick said.']


@pytest.mark.parametrize(
    "passages",
    [
        # One spelling only.
        [("记者霍伦德来了。", "Hollund came."), ("霍伦德走了。", "Hollund left.")],
        # The other passage does not name him.
        [("记者佩尔·霍伦德来了。", "Per Hollund came."), ("有人走了。", "Hollend left.")],
        # Nothing alike: which word it is nobody knows.
        [("记者佩尔·霍伦德来了。", "Per Hollund came."), ("霍伦德走了。", "The reporter left Oslo.")],
        # Known names are for grounding.
        [("特朗普来了。", "Donald Trump came."), ("特朗普走了。", "Tramp left.")],
        [],
    ],
)
def test_nothing_to_unify(passages: list[tuple[str, str]]) -> None:
    assert unify(*passages) == [en for _, en in passages]


def test_words_of_known_names_and_of_compounds_are_let_be() -> None:
    passages = [
        ("球员桑福德来了。", "Sanford came."),
        ("斯坦福大学的桑福德走了。", "Sanford of Stanford University left the Stanford-based team."),
        ("教授罗滕伯格来了。", "Professor Rothenberg came."),
        ("罗滕伯格见了约翰·罗森伯格夫妇。", "Rothenberg met John Rosenberg and the other Rosenbergs."),
    ]
    assert unify(*passages) == [en for _, en in passages]
