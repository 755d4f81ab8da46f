"""Lines of a text and of its translation that belong together."""

from __future__ import annotations

import textwrap
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import check
from summarize.fidelity.alignment import align
from summarize.grounding import ground

ZH = [
    "青河县:旧粮仓里开起夜校",
    "青河县柳树镇的旧粮仓今年3月改成了夜校,每周二、周四晚上开课,开设书法、电工、烘焙等12门课程。",
    "“第一批招了86名学员,最大的71岁。”夜校负责人秦秀梅说。",
    "电工班的学员罗建国白天在镇上的木器厂上班,下课后常常留下来练习接线。他说,家里的线路现在自己就能修。",
    "镇政府计划明年再改造2座旧粮仓,预计投入430万元。",
]
EN = [
    "Qinghe County: Night school opens in an old granary",
    "The old granary in Liushu Town, Qinghe County, was turned into a night school this March. Classes are held on "
    "Tuesday and Thursday evenings in 12 subjects, calligraphy, electrical work and baking among them.",
    '"The first intake was 86 students, the oldest of them 71," said Qin Xiumei, who runs the school.',
    "Luo Jianguo, who is learning to be an electrician, works in the town's furniture factory by day and often stays "
    "after class to practise wiring. He says that he can now repair the wiring at home himself.",
    "The town government plans to convert 2 more old granaries next year at an expected cost of 4.3 million yuan.",
]
ITEMS = ground(ZH)
PAIRED = [(range(i, i + 1), range(i, i + 1)) for i in range(5)]
OTHER = "The county library, 40 kilometres away, will close for repairs from June 5 to June 19."


def findings(en: list[str], zh: list[str] = ZH) -> list[tuple[str, str]]:
    return [(finding.kind, finding.item) for finding in check("\n".join(zh), "\n".join(en)).findings]


def test_line_by_line() -> None:
    assert align(ZH, EN, ITEMS) == PAIRED
    assert findings(EN) == []


@pytest.mark.parametrize("row", range(5))
def test_a_line_that_was_left_out(row: int) -> None:
    beads = align(ZH, EN[:row] + EN[row + 1 :], ITEMS)
    assert [rows for rows, columns in beads if not columns] == [range(row, row + 1)]
    source = "\n".join(ZH)
    (finding,) = check(source, "\n".join(EN[:row] + EN[row + 1 :])).findings
    assert (finding.kind, finding.item, finding.paragraph, finding.target) == ("missing", "line", row, None)
    assert source[slice(*finding.source or (0, 0))] == ZH[row]


@pytest.mark.parametrize("row", range(1, 4))
def test_lines_that_were_joined(row: int) -> None:
    joined = [*EN[:row], f"{EN[row]} {EN[row + 1]}", *EN[row + 2 :]]
    assert align(ZH, joined, ITEMS)[row] == (range(row, row + 2), range(row, row + 1))
    assert findings([line.replace("71", "17") for line in joined]) == [("altered", "number")]


@pytest.mark.parametrize("row", [1, 3])
def test_a_line_that_was_split(row: int) -> None:
    first, second = EN[row].split(". ")
    split = [*EN[:row], first + ".", second, *EN[row + 1 :]]
    assert align(ZH, split, ITEMS)[row] == (range(row, row + 1), range(row, row + 2))
    assert findings(split) == []


@pytest.mark.parametrize("row", range(6))
def test_a_line_that_was_added(row: int) -> None:
    source, target = "\n".join(ZH), "\n".join([*EN[:row], OTHER, *EN[row:]])
    (finding,) = check(source, target).findings
    assert (finding.kind, finding.item, finding.source) == ("invented", "line", None)
    assert target[slice(*finding.target or (0, 0))] == OTHER


def test_as_many_lines_and_yet_others() -> None:
    first, second = EN[3].split(". ")
    shifted = [EN[0], *EN[2:3], first + ".", second, EN[4]]
    assert len(shifted) == len(ZH)
    assert findings(shifted) == [("missing", "line")]


def test_bad_lines_stay_where_they_are() -> None:
    bad = [EN[0], EN[1], "He spoke of 24 people.", EN[3], EN[4]]
    assert align(ZH, bad, ITEMS) == PAIRED
    assert ("missing", "person") in findings(bad)


def test_english_broken_into_lines_of_one_width() -> None:
    wrapped = "\n\n".join(textwrap.fill(line, 40) for line in EN)
    assert check("\n".join(ZH), wrapped).findings == ()
    (finding,) = check("\n".join(ZH), wrapped.replace("Qin Xiumei", "Qin Xiumin")).findings
    assert (finding.kind, finding.item, finding.paragraph) == ("altered", "person", 2)
    assert wrapped.replace("Qin Xiumei", "Qin Xiumin")[slice(*finding.target or (0, 0))] == "Qin Xiumin"


def test_titles_above_paragraphs_are_lines_of_their_own() -> None:
    target = f"{EN[0]}\n{EN[1]}\n\n{EN[2]}\n{EN[3]}\n\n{EN[4]}\n"
    assert check("\n".join(ZH), target).findings == ()
    (finding,) = check("\n".join(ZH), target.replace(EN[0] + "\n", "")).findings
    assert (finding.item, finding.paragraph) == ("line", 0)


def test_one_line_is_compared_as_a_whole() -> None:
    (finding,) = check("\n".join(ZH), " ".join(EN).replace("430", "43").replace("4.3 million", "43 million")).findings
    assert (finding.kind, finding.item, finding.paragraph) == ("altered", "number", None)


LINES = st.lists(st.sampled_from([*EN, OTHER, "Yes."]), max_size=12)


@given(st.lists(st.integers(0, 4), max_size=12), LINES)
@settings(max_examples=60, deadline=None)
def test_every_line_is_in_one_bead(rows: list[int], target: list[str]) -> None:
    beads = align([ZH[row] for row in rows], target, [ITEMS[row] for row in rows])
    assert list(chain.from_iterable(bead[0] for bead in beads)) == list(range(len(rows)))
    assert list(chain.from_iterable(bead[1] for bead in beads)) == list(range(len(target)))
    assert all(len(bead[0]) + len(bead[1]) > 0 for bead in beads)


def test_one_line_that_became_very_many() -> None:
    rows = [0] * 45 + [1] + [2] * 15
    source = ["好。" * 900 if row == 1 else "好。" for row in rows]
    target = ["Good."] * 3 + ["Good, good, good, good, good, good, good, good, good and good."] * 56 + ["Good."] * 2
    beads = align(source, target, [[] for _ in source])
    assert list(chain.from_iterable(bead[1] for bead in beads)) == list(range(len(target)))
