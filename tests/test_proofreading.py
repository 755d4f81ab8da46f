"""Which edits are tried and told; the model that rates them is a table here, the real one is in test_real_model.py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from summarize import Proofreader, check, review
from summarize.digest import Finding
from summarize.engines import Backend
from summarize.engines.scoring import Alternative, Token
from summarize.errors import EngineError
from summarize.fidelity import paired_passages
from summarize.grounding import Item, ground
from summarize.proofreading import BACK_INSTRUCTION, BOTH, doubts, likelier_edits


class Table:
    """Rates texts by the words in them: `liked` are worth seven, and one alternative is known for a word.

    From it, the table writes on with `own` words.
    """

    def __init__(self, liked: str, alternatives: dict[str, str], back: Sequence[float] = (7.0,), own: str = "") -> None:
        self._liked, self._alternatives, self._back, self._own = liked, alternatives, back, own

    def read(self, instruction: str, text: str, answer: str) -> list[Token]:
        tokens = []
        for match in re.finditer(r"\s*(?:\w+|[^\w\s])", answer):
            other = self._alternatives.get(match.group().strip())
            space = " " if match.group()[0] == " " else ""
            alternatives = (
                (Alternative(0, space + other, -0.5, 5.0),) if other else (Alternative(0, match.group(), -0.1, 0.0),)
            )
            tokens.append(Token(*match.span(), -6.0 if other else -0.1, alternatives))
        return tokens

    def write_on(
        self, instruction: str, text: str, answer: str, starts: Sequence[tuple[int, Alternative]], length: int
    ) -> list[str]:
        tokens = self.read(instruction, text, answer)
        assert all(alternative in tokens[place].alternatives for place, alternative in starts)
        return [alternative.text + self._own for _, alternative in starts]

    def log_probabilities(self, instruction: str, pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        back = instruction == BACK_INSTRUCTION
        worth = self._back if back else (7.0,)
        return [[gain * (self._liked in (pair[0] if back else pair[1])) for gain in worth] for pair in pairs]


def told(source: str, target: str, table: Table) -> list[str]:
    found = doubts(table, source, target, ground([source])[0])  # type: ignore[arg-type]
    assert all(finding.kind == "doubtful" and finding.target for finding in found)
    return [f"{target[slice(*finding.target or ())]}: {finding.detail}" for finding in found]


@pytest.mark.parametrize(
    ("target", "liked", "alternatives", "finding"),
    [
        (
            "Finish it after the frost.",
            "before",
            {"after": "before"},
            "after: 'after' is doubtful; it may be 'before'.",
        ),
        ("He was fined.", "not fined", {"fined": "not"}, "fined: 'fined' is doubtful; it may be 'not fined'."),
        (
            "A trial service.",
            "A service",
            {"trial": "service"},
            "trial: 'trial' is doubtful; the Chinese may not say it.",
        ),
        ("They go to a ball.", "go home ball", {"to": "home"}, "to a: 'to a' is doubtful; it may be 'home'."),
        ("After it froze.", "Before", {"After": "Before"}, "After: 'After' is doubtful; it may be 'Before'."),
        ("It is 5 km off.", "6 km", {"5": "6"}, "5: '5' is doubtful; it may be '6'."),
    ],
)
def test_words_that_the_model_would_not_have_written(
    target: str, liked: str, alternatives: dict[str, str], finding: str
) -> None:
    assert told("封冻前完成。", target, Table(liked, alternatives)) == [finding]


@pytest.mark.parametrize(
    ("target", "alternatives", "own", "liked", "finding"),
    [
        (  # two people in each other's places
            "The tenant sued the landlord for rent.",
            {"tenant": "landlord"},
            " sued the tenant for rent of three months.",
            "landlord sued the tenant for rent",
            "tenant sued the landlord: 'tenant sued the landlord' is doubtful; it may be 'landlord sued the tenant'.",
        ),
        (  # a word of several tokens, and two words for one
            "The waste was recycled in town.",
            {"recycled": "inciner"},
            "ated in town",
            "was incinerated in town.",
            "recycled: 'recycled' is doubtful; it may be 'incinerated'.",
        ),
        (
            "He handed it over.",
            {"handed": "did"},
            " not hand it over.",
            "did not hand it",
            "handed: 'handed' is doubtful; it may be 'did not hand'.",
        ),
        (  # words that the English leaves out
            "It was closed in May.",
            {"closed": "gradually"},
            " closed in May.",
            "gradually closed",
            "closed: 'closed' is doubtful; it may be 'gradually closed'.",
        ),
        (  # up to the end
            "It was good.",
            {"good": "not"},
            " so bad.",
            "not so bad",
            "good: 'good' is doubtful; it may be 'not so bad'.",
        ),
    ],
)
def test_what_the_model_writes_on_is_tried(
    target: str, alternatives: dict[str, str], own: str, liked: str, finding: str
) -> None:
    assert told("封冻前完成。", target, Table(liked, alternatives, own=own)) == [finding]


def test_a_model_that_does_not_come_back_tells_nothing() -> None:
    table = Table("before the ice came", {"after": "before"}, own=" the ice came up the river again")
    assert told("封冻前完成。", "Finish it after the frost.", table) == []


def test_a_word_of_the_same_sense_is_not_told() -> None:
    """The model would have written "rural", but the Chinese is no likelier after it, or no word of it much."""
    for back in ((0.5,), (1.5, 1.5, 1.5, 1.5, 1.5), (4.0, -3.5)):
        assert told("乡村公路。", "A country road.", Table("rural", {"country": "rural"}, back=back)) == []
    assert told("乡村公路。", "A country road.", Table("rural", {"country": "rural"}, back=(4.0, 0.5))) != []


def test_a_name_that_arrived_is_not_doubted() -> None:
    source, target = "邻居王建国来了。", "Wang Jianguo, a neighbor, came."
    table = Table("Wang Jianhua", {"Jianguo": "Jianhua", "Wang": "Neighbor"}, own=" Wang Jianhua, a neighbor, came.")
    assert told(source, target, table) == []
    assert told(source, target.replace("guo", "jun"), Table("Wang Jianguo", {"Jianjun": "Jianguo"})) != []


def test_the_same_words_in_another_order_need_gain_less() -> None:
    table = Table("doctor criticized the nurse", {"nurse": "doctor"}, back=(3.5,), own=" criticized the nurse.")
    assert len(told("医生批评了护士。", "The nurse criticized the doctor.", table)) == 1
    table = Table("doctor blamed the nurse", {"nurse": "doctor"}, back=(3.5,), own=" blamed the nurse.")
    assert told("医生批评了护士。", "The nurse criticized the doctor.", table) == []


def test_names_in_each_others_places() -> None:
    source, target = "江苏队以3比1战胜上海队。", "Shanghai beat Jiangsu 3-1."
    assert told(source, target, Table("Jiangsu beat Shanghai", {})) == [
        "Shanghai beat Jiangsu: 'Shanghai' and 'Jiangsu' may be in each other's places."
    ]
    assert told(source, target, Table("Shanghai beat Jiangsu", {})) == []


def test_numbers_in_each_others_places() -> None:
    source = "一期占地300亩，二期占地450亩。"
    target = "The first phase covers 450 mu and the second 300 mu."
    (finding,) = told(source, target, Table("covers 300 mu", {}))
    assert "may be in each other's places" in finding


@pytest.mark.parametrize("alternative", ["女士", "，", "country", " ", "�"])
def test_what_is_never_tried(alternative: str) -> None:
    table = Table("", {"country": alternative})
    assert told("乡村公路。", "A country road.", table) == []


def test_evidence_in_order() -> None:
    """Each edit of a place is told once, the best; a weak one not at all."""
    found = likelier_edits(
        Table("before", {"after": "before", "the": "a"}), "封冻前。", "It froze after the frost.", []
    )  # type: ignore[arg-type]
    assert [gain for _, gain in found] == sorted((gain for _, gain in found), reverse=True)
    assert all(gain > BOTH for _, gain in found)


def test_sentences_are_read_a_few_at_a_time() -> None:
    source = "".join(f"第{n}个村修好了通往镇上的水泥路，村民们都很高兴，纷纷表示感谢。" for n in range(1, 9))
    target = " ".join(
        f"Village No. {n} has repaired the concrete road to the town, and the villagers are glad and thankful."
        for n in range(1, 9)
    )
    passages = paired_passages(source, target, ground([source])[0])
    assert len(passages) > 1
    assert all(end - start <= 120 for (start, end), _ in passages)
    assert "".join(source[slice(*place)] for place, _ in passages) == source
    assert " ".join(target[slice(*place)] for _, place in passages) == target
    for (start, end), (first, last) in passages:
        assert re.findall(r"\d", source[start:end]) == re.findall(r"\d", target[first:last])


class Reader:
    """Doubts a word wherever it stands."""

    progress = None

    def __init__(self, word: str) -> None:
        self._word = word

    def proofread(self, source: str, target: str, items: Sequence[Item] | None = None) -> tuple[Finding, ...]:
        place = target.find(self._word)
        found = Finding("doubtful", "It is doubtful.", item="word", target=(place, place + len(self._word)))
        return (found,) if place >= 0 else ()


SOURCE = "会议于周二在长沙举行。\n夜市晚上六点开门。\n雨停了。"
TARGET = "The meeting was held in Changsha on Monday.\nThe night market closes at 7 p.m.\nThe rain stopped."


def test_doubts_are_findings_with_places_in_the_whole() -> None:
    found = check(SOURCE, TARGET, proofreader=Reader("closes")).findings  # type: ignore[arg-type]
    (doubt,) = [finding for finding in found if finding.kind == "doubtful"]
    assert doubt.target and TARGET[slice(*doubt.target)] == "closes" and doubt.paragraph == 1


def test_what_a_rule_found_is_not_doubted_again() -> None:
    without = check(SOURCE, TARGET)
    assert any(finding.target and TARGET[slice(*finding.target)] == "7" for finding in without.findings)
    assert check(SOURCE, TARGET, proofreader=Reader("7")) == without  # type: ignore[arg-type]


def test_a_review_has_doubts() -> None:
    digest = review(SOURCE, TARGET, proofreader=Reader("closes"))  # type: ignore[arg-type]
    (section,) = digest.sections
    (doubt,) = [finding for finding in section.fidelity.findings if finding.kind == "doubtful"]
    assert doubt.target and section.paragraphs[1].en[slice(*doubt.target)] == "closes"
    assert type(digest).from_dict(digest.to_dict()) == digest


@pytest.mark.parametrize("engine", ["openvino", "transformers"])
def test_any_causal_model_reads(tiny_causal: Path, tmp_path: Path, engine: Backend) -> None:
    """What so small a model doubts means nothing; but it is in the text, in order, and each place once."""
    steps: list[str] = []
    proofreader = Proofreader(
        tiny_causal,
        device="cpu",
        engine=engine,
        cache_dir=str(tmp_path),
        progress=lambda label, done, of: steps.append(label),
    )
    places = [finding.target for finding in check(SOURCE, TARGET, proofreader=proofreader).findings if finding.target]
    assert places == sorted(places) and all(0 <= start < end <= len(TARGET) for start, end in places)
    assert steps.count("Proofreading") == 3
    assert proofreader.proofread("", "") == () and proofreader.proofread("雨停了。", "") == ()


def test_no_such_engine() -> None:
    with pytest.raises(EngineError, match="no engine"):
        Proofreader(engine="rocket")  # type: ignore[arg-type]
