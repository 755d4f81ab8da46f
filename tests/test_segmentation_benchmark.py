import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

import segmentation as benchmark
import segmentation_baselines as baselines
import segmentation_stress as stress

LIBRARY = [
    "云港市图书馆新馆上周六开门迎客，第一天就有九千多名读者走进这座临海的白色建筑。",
    "图书馆藏书一百二十万册，儿童阅览室占了整整一层。",
    "读者陈晓雯带着女儿来图书馆办借书证，她说阅览室宽敞明亮。",
]
TEA = [
    "武岭乡的春茶开采了，茶农天不亮就背着竹篓上山采茶芽。",
    "今年春茶头采比往年早了六天，每斤鲜叶收购价达到八十元，茶农笑得合不拢嘴。",
    "茶农林阿福家有十二亩茶园，他说今年鲜叶价格好，收入还要再多一成。",
]


def test_measures_are_those_of_segeval() -> None:
    segeval = pytest.importorskip("segeval")
    chance = random.Random(0)
    for _ in range(100):
        count = chance.randint(6, 40)
        true, found = ([0, *sorted(chance.sample(range(1, count), chance.randint(1, count // 3)))] for _ in range(2))
        masses = [[b - a for a, b in zip(s, [*s[1:], count], strict=True)] for s in (true, found)]
        assert benchmark.pk(true, found, count) == pytest.approx(float(segeval.pk(masses[1], masses[0])))
        expected = float(segeval.window_diff(masses[1], masses[0], lamprier_et_al_2007_fix=False))
        assert benchmark.window_diff(true, found, count) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["\n".join([*LIBRARY, *TEA]), "".join([*LIBRARY, *TEA])])
def test_found_starts_are_true_paragraphs(text: str) -> None:
    starts = benchmark.found_starts(text, [*LIBRARY, *TEA], 2)
    assert starts == [0, 3]


def test_c99_parts_what_shares_no_words() -> None:
    pytest.importorskip("jieba")
    assert baselines.c99([*LIBRARY, *TEA], 2)[0] == 0
    assert baselines.c99(["一句话。"], 1) == [0]


def test_texttiling_gives_paragraphs() -> None:
    pytest.importorskip("nltk")
    pytest.importorskip("jieba")
    found = baselines.texttiling([*LIBRARY, *TEA] * 8, 16)
    assert found[0] == 0
    assert found == sorted(set(found))
    assert all(0 <= i < 48 for i in found)


def test_changes_keep_sections() -> None:
    sections = [["图书馆开门", *LIBRARY], ["春茶开采", *TEA]]
    chance = random.Random(0)
    assert stress.headings_removed(sections, chance) == [LIBRARY, TEA]
    assert [len(s) for s in stress.captions_first(sections, chance)] == [5, 5]
    assert [sorted(s) for s in stress.paragraphs_shuffled(sections, chance)] == [sorted(s) for s in sections]
    assert stress.case(sections).starts == [0, 4]
