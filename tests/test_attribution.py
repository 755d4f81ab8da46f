"""People in each other's places in the English."""

import pytest

from summarize.fidelity import check_translation
from summarize.grounding import ground


def changed(zh: str, en: str) -> list[str]:
    found = check_translation(zh, en, ground([zh])[0])
    return [finding.detail for finding in found if "changed places" in finding.detail]


SAID = "王国军说：“路修好了。”李秀英听了很高兴。"
DID = "副市长张宏森宣布开幕，局长吴桂英讲话。"


@pytest.mark.parametrize(
    "en",
    [
        "Li Xiuying said, “The road is repaired.” Wang Guojun was happy to hear it.",
        "“The road is repaired,” said Li Xiuying. Wang Guojun was happy to hear it.",
        "“The road is repaired,” Li Xiuying, a villager, told them. Wang Guojun was happy to hear it.",
    ],
)
def test_words_given_to_another_speaker_are_found(en: str) -> None:
    assert changed(SAID, en) == ["王国军 and 李秀英 changed places in the English."]


@pytest.mark.parametrize(
    "en",
    [
        "Wang Guojun said, “The road is repaired.” Li Xiuying was happy to hear it.",
        "“The road is repaired,” said Wang Guojun. Li Xiuying was happy to hear it.",
        "Li Xiuying was happy when Wang Guojun said, “The road is repaired.”",
    ],
)
def test_the_right_speaker_may_stand_anywhere(en: str) -> None:
    assert changed(SAID, en) == []


def test_who_is_spoken_to_is_no_speaker() -> None:
    zh = "王国军对李秀英说，路修好了。"
    assert changed(zh, "Wang Guojun told Li Xiuying that the road was repaired.") == []
    assert changed(zh, "Li Xiuying told Wang Guojun that the road was repaired.")


def test_deeds_of_another_are_found() -> None:
    assert changed(DID, "Vice Mayor Wu Guiying announced the opening, and Director Zhang Hongsen spoke.")
    assert not changed(DID, "Vice Mayor Zhang Hongsen announced the opening, and Director Wu Guiying spoke.")


def test_speakers_in_the_other_order_are_found() -> None:
    zh = "居民反映电梯频繁故障，物业公司称资金不足。"
    assert changed(zh, "The property company complained that the lifts broke down; residents said money was short.")
    assert not changed(zh, "Residents complained that the lifts broke down; the property company said money was short.")
    assert not changed(zh, "The property company said that money was short after residents complained about the lifts.")
    zh = "马丽萍说：“是志强先跳下去的。”何志强则说，救人的是群众。"
    assert changed(zh, "“It was Zhiqiang who jumped,” said He Zhiqiang. Ma Liping said others did the rescuing.")
    assert not changed(zh, "“It was Zhiqiang who jumped,” said Ma Liping. He Zhiqiang said others did the rescuing.")


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("王国军、李秀英获奖。", "Li Xiuying and Wang Guojun won prizes."),
        ("王国军的律师李秀英到场。", "Li Xiuying, a lawyer for Wang Guojun, was there."),
        ("王国军被李秀英救起。", "Li Xiuying rescued Wang Guojun."),
        ("王国军走后，李秀英来了。", "Li Xiuying came after Wang Guojun had left."),
        (
            "袁隆平院士工作站站长王世刚到场。",
            "Wang Shigang, head of the academician Yuan Longping's station, was there.",
        ),
        (
            "市长王国军讲话，副市长李秀英主持会议。",
            "The meeting was chaired by Vice Mayor Li Xiuying and addressed by Mayor Wang Guojun.",
        ),
        ("会议由王国军主持，李秀英讲话。", "Li Xiuying spoke at the meeting, which was chaired by Wang Guojun."),
        ("民警王国军介绍，李秀英报了警。", "Li Xiuying had called the police, said officer Wang Guojun."),
        ("王国军来了，李秀英没有理他。李秀英走了。", "Li Xiuying ignored Wang Guojun when he came. Then Li left."),
    ],
)
def test_what_english_turns_round_is_let_be(zh: str, en: str) -> None:
    assert changed(zh, en) == []


@pytest.mark.parametrize(
    ("zh", "right", "wrong"),
    [
        ("北京队3比1战胜上海队。", "Beijing beat Shanghai 3-1.", "Shanghai beat Beijing 3-1."),
        ("北京队3比1战胜上海队。", "Shanghai lost to Beijing 3-1.", "Beijing lost to Shanghai 3-1."),
        ("北京队1比3不敌上海队。", "Beijing were beaten by Shanghai 1-3.", "Shanghai were beaten by Beijing 1-3."),
        ("北京队1比3不敌上海队。", "Shanghai defeated Beijing, 3-1.", "Beijing defeated Shanghai, 3-1."),
    ],
)
def test_who_beat_whom(zh: str, right: str, wrong: str) -> None:
    assert changed(zh, wrong) == ["北京 and 上海 changed places in the English."]
    assert changed(zh, right) == []
