"""The bound of a number (more than, nearly, about) arrives as the source has it, or is put right."""

import pytest

from summarize.fidelity import check_translation, correct
from summarize.grounding import ground

HAZARDS = "排查出电线私拉乱接等隐患193处,当场整改的有160多处,其余的限期处理。"


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        # lost
        (HAZARDS, "They found 193 hazards, of which 160 were put right.", "of which more than 160 were put right."),
        ("近3000名学生参加。", "3,000 students took part.", "Nearly 3,000 students took part."),
        ("全年有约250万人次到访。", "There were 2.5 million visits.", "There were about 2.5 million visits."),
        ("将投入至少40亿元。", "It will invest ¥4 billion.", "It will invest at least ¥4 billion."),
        ("超過六成的住戶是外來工。", "60% of households are migrants.", "More than 60% of households are migrants."),
        ("现场约有300人。", "There were 300 people.", "There were about 300 people."),
        ("节假日可达10万人次以上。", "It can be 100,000 on holidays.", "It can be more than 100,000 on holidays."),
        ("产量占全省近一半。", "It is half of the output.", "It is nearly half of the output."),
        ("三分之二以上的人支持。", "Two-thirds support it.", "More than two-thirds support it."),
        ("价格是去年的近四倍。", "The price is four times last year's.", "is nearly four times last"),
        ("施工耗时三年多。", "Construction took three years.", "Construction took more than three years."),
        # turned round
        ("种植面积不足平原的60%。", "The area was more than 60% of the plain.", "was less than 60% of the plain"),
        # made up
        (HAZARDS, "They found more than 193 hazards, of which over 160 were put right.", "They found 193 hazards, of"),
        ("老人占四成。", "Of them over 40 percent are old.", "Of them 40 percent are old."),
        ("新增车位286个。", "Nearly 286 parking spaces were added.", "286 parking spaces were added."),
        ("年产值是2600万美元。", "Output was at least US$26 million.", "Output was US$26 million."),
    ],
)
def test_a_bound_that_was_lost_or_made_up(source: str, wrong: str, right: str) -> None:
    items = ground([source])[0]
    (finding,) = check_translation(source, wrong, items)
    assert (finding.kind, finding.item) == ("altered", "number")
    repaired = correct(source, wrong, items)
    assert right in repaired
    assert check_translation(source, repaired, items) == ()


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("处理纠纷不超过45分钟。", "Disputes are handled in over 45 minutes."),
        ("招收60岁以上学员。", "Students aged 60 and under are taken."),
        ("参赛者超过300人。", "Fewer than 300 people took part."),
    ],
)
def test_a_bound_turned_round_is_found(source: str, wrong: str) -> None:
    (finding,) = check_translation(source, wrong, ground([source])[0])
    assert finding.item == "number"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("公司接手格力电器15%股权。", "The company took over 15% of the shares of Gree."),
        (HAZARDS, "They found 193 hazards and put right 160-odd of them."),
        (HAZARDS, "They found 193 hazards and put right well over 160 of them."),
        ("近3000名学生参加。", "Students took part, 3,000 or so of them."),
        ("运动员突破40米大关。", "The athlete went beyond 40 meters."),
        ("产值突破2600万元。", "The output was more than 26 million yuan."),  # 突破 says so
        ("全场有50个座位。", "There is room for no more than 50 people: 50 seats."),
        ("桥全长1600公里。", "The bridge extends over 1,600 kilometers."),
        ("展馆有300件展品，其中近300件是新的。", "The hall has 300 pieces, nearly 300 of them new."),
        ("参加的有二十多人。", "Two dozen people took part."),
        ("他有10年多次往返签证。", "He has a 10-year multiple-entry visa."),
        ("她40多岁。", "She is in her forties."),
        ("至少有两个人受伤。", "Two people were hurt."),  # small numbers are let be
        ("涉及近100万元、40多人。", "It involves nearly a million yuan and more than 40 people."),
        ("今年有12个村通车，比去年多3个。", "This year 12 villages were connected, three more than last year."),
    ],
)
def test_other_ways_to_say_it_are_let_be(source: str, target: str) -> None:
    assert check_translation(source, target, ground([source])[0]) == ()


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        (
            "最少要交500元押金。",
            "A deposit of at most 500 yuan is required.",
            "A deposit of at least 500 yuan is required.",
        ),
        (
            "每人最多可購買2張票。",
            "Each person may buy at least 2 tickets.",
            "Each person may buy at most 2 tickets.",
        ),
    ],
)
def test_the_other_side(source: str, wrong: str, right: str) -> None:
    items = ground([source])[0]
    assert [finding.kind for finding in check_translation(source, wrong, items)] == ["altered"]
    assert correct(source, wrong, items) == right
    assert check_translation(source, right, items) == ()
    assert check_translation(source, right.replace("at most", "up to"), items) == ()
