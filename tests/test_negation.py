"""What the Chinese denies is denied in the English."""

import pytest

from summarize import check
from summarize.fidelity.negation import lost_negations


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("他没有受伤。", "He was not injured.", "He was injured."),
        ("唐志鹏当庭表示不上诉。", "Tang said he would not appeal.", "Tang told the court he would appeal."),
        ("嫌疑人拒不认罪。", "The suspect refuses to plead guilty.", "The suspect pleaded guilty."),
        ("事故未造成人员伤亡。", "There were no casualties.", "The accident caused casualties."),
        (
            "天黑了。门卫說沒有看見他。",
            "It was dark. The guard didn't see him.",
            "It was dark, not late. The guard saw him.",
        ),
        ("桥下没有人死亡。", "Nobody died under the bridge.", "People died under the bridge."),
        ("双方未达成协议。", "The two sides did not agree.", "The two sides discussed it in the district and agreed."),
        ("他无法起身。", "He could not stand up.", "He could stand up."),
        ("切勿下河游泳。", "Do not swim in the river.", "Swim in the river."),
        ("饭店不接受现金。", "The restaurant does not accept cash.", "The restaurant only accepts cash."),
        ("9批次食品不合格。", "Nine batches failed.", "Nine batches passed."),
        ("警方否认使用暴力。", "Police denied using force.", "Police admitted using force."),
        ("任何学校不得组织考试。", "No school may hold exams.", "Any school may hold exams."),
        ("商店不再收现金。", "The shop no longer takes cash.", "The shop takes cash again."),
    ],
)
def test_a_lost_negation(source: str, right: str, wrong: str) -> None:
    assert lost_negations(source, right) == []
    [place] = lost_negations(source, wrong)
    assert source[slice(*place)] in source


def test_it_is_a_finding() -> None:
    source = "医生说他没有受伤。"
    (finding,) = check(source, "Doctors say that he is injured.").findings
    assert (finding.kind, finding.item, source[slice(*finding.source or (0, 0))]) == ("missing", "negation", "没有")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("他不得不走。", "He had to go."),
        ("有没有人受伤？", "Was anybody hurt?"),
        ("村民看能不能修好。", "Villagers see whether it can be repaired."),
        ("孩子送来得及时，没有大碍。", "The child was brought in soon enough and would be fine."),
        ("幸好房屋里没有人。", "Luckily, the house was empty."),
        ("航班无法起降。", "The airport was closed to flights."),
        ("无法律依据的不批。", "What is without a basis in law is not approved."),
        ("两人均无生命危险。", "Both are out of danger."),
        ("无人机起飞。", "The drone took off."),
        ("从未来看，这是好事。", "Seen from the future, it is good."),
        ("他们并不时交流。", "They talk from time to time."),
        ("不少人来了，不断有掌声。", "Many people came, and there was applause all the time."),
    ],
)
def test_other_words(source: str, target: str) -> None:
    assert lost_negations(source, target) == []
