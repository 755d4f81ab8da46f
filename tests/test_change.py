"""What a number changed by is told from what it changed to, and put right where it is mixed up."""

import pytest

from summarize import check
from summarize.fidelity import change_as_in, check_translation, correct
from summarize.grounding import ground

FELL_TO = "因停车引起的报警由去年同期的58起下降到9起。"
ROSE_BY = "去年全村收入增加了约36万元。"


def test_places_turned_round() -> None:
    source = "从上海开往北京的列车晚点。"
    items = ground([source])[0]
    assert check_translation(source, "The train from Shanghai to Beijing was late.", items) == ()
    findings = check_translation(source, "The train from Beijing to Shanghai was late.", items)
    assert [(finding.kind, finding.item) for finding in findings] == [("altered", "place")] * 2


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (FELL_TO, "Parking alarms fell from 58 last year to 9.", "Parking alarms, 58 last year, were reduced by 9."),
        (FELL_TO, "Parking alarms, 58 last year, fell to only 9.", "Parking alarms, 58 last year, fell by only 9."),
        (
            ROSE_BY,
            "Last year the income rose by about 360,000 yuan.",
            "Last year the income rose to about 360,000 yuan.",
        ),
        ("不良率降至1.2%。", "The share was lowered to 1.2%.", "The share was lowered by 1.2%."),
        (
            "门诊量由15万人次增至26万人次。",
            "Visits rose from 150,000 to 260,000.",
            "Visits rose from 150,000 by 260,000.",
        ),
        ("比例降至5%以下。", "The share was cut to below 5 percent.", "The share was cut by below 5 percent."),
        ("產量增長到500噸。", "Output grew to 500 tonnes.", "Output grew by 500 tonnes."),
    ],
)
def test_mixed_up_in_english(source: str, right: str, wrong: str) -> None:
    items = ground([source])[0]
    assert check_translation(source, right, items) == ()
    (finding,) = check_translation(source, wrong, items)
    assert finding.kind == "altered"
    assert finding.target is not None
    assert wrong[slice(*finding.target)] in ("by", "to")
    repaired = correct(source, wrong, items)
    assert check_translation(source, repaired, items) == ()
    assert len(repaired) == len(wrong)


def test_what_something_rose_from() -> None:
    source = "用餐人数从每天70人增加到150人。"
    items = ground([source])[0]
    (finding,) = check_translation(source, "Diners rose by 70 a day to 150.", items)
    assert finding.target == (12, 14)
    assert correct(source, "Diners rose by 70 a day to 150.", items) == "Diners rose from 70 a day to 150."
    assert check_translation(source, "Diners rose from 70 a day to 150.", items) == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("玉米种植面积最多增加20%。", "The area under corn can be increased by up to 20 percent."),
        ("报警减少9起，降到49起。", "Alarms fell by 9 to 49."),
        ("新增车位286个，达到898个。", "286 parking spaces were added, up to 898."),
        ("价格从3元涨到5元。", "The price went from 3 yuan to 5 yuan."),
        ("最多可增加到20人。", "There can be up to 20 people."),
        ("停车事故下降了近90起。", "Parking accidents fell by close to 90."),
        ("停车事故减少300起。", "Parking accidents have been reduced, thanks to 300 new spaces."),
    ],
)
def test_other_ways_to_say_it_are_let_be(source: str, target: str) -> None:
    assert check_translation(source, target, ground([source])[0]) == ()


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (
            "游客同比增长两成，假期更旺。",
            "Visits rose by 20 percent from a year earlier over the holiday.",
            "Visits fell by 20 percent from a year earlier over the holiday.",
        ),
        (
            "沪指跌0.7%，深成指涨0.2%。",
            "The Shanghai index fell 0.7%, and the Shenzhen index rose 0.2%.",
            "The Shanghai index rose 0.7%, and the Shenzhen index fell 0.2%.",
        ),
        ("粮价同比下降3.2%。", "Grain prices were down 3.2 percent year on year.", "Grain prices rose 3.2 percent."),
        ("糧價同比上漲3.2%。", "Grain prices rose 3.2 percent year on year.", "Grain prices fell by 3.2 percent."),
        (
            "用水减少一半，产量增长20%。",
            "Water use was halved and output grew 20 percent.",
            "Water use was halved. Output fell 20 percent.",
        ),
    ],
)
def test_up_and_down(source: str, right: str, wrong: str) -> None:
    items = ground([source])[0]
    assert not [finding for finding in check_translation(source, right, items) if "otherwise" in finding.detail]
    assert [finding.kind for finding in check_translation(source, wrong, items) if "otherwise" in finding.detail]


@pytest.mark.parametrize(
    ("source", "summary", "expected"),
    [
        (FELL_TO, "停车报警下降9起。", "停车报警下降到9起。"),
        (FELL_TO, "停车报警减少了9起。", "停车报警减少到9起。"),
        (FELL_TO, "停车报警由58起降至9起。", "停车报警由58起降至9起。"),
        (FELL_TO, "现在只有9起报警。", "现在只有9起报警。"),
        (ROSE_BY, "全村收入增加到36万元。", "全村收入增加了36万元。"),
        ("今年增加9人，去年增加到9人。", "增加9人。", "增加9人。"),  # said both ways: nothing is sure
        ("报警19起，降到119起。", "降了19起。", "降了19起。"),  # 19 is not in 119
    ],
)
def test_mixed_up_in_a_summary(source: str, summary: str, expected: str) -> None:
    assert change_as_in(source, summary, ground([summary])[0]) == expected


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("列车由22列增至30列。", "The trains will rise from 22 to 30.", "The trains will rise to 22 from 30."),
        ("利率由3.4%下调至3.0%。", "The rate was cut to 3.0% from 3.4%.", "The rate was cut from 3.0% to 3.4%."),
        (
            "收入从3120元增长到1.68万元。",
            "It rose from 3,120 yuan to 16,800 yuan.",
            "It rose from 16,800 to 3,120 yuan.",
        ),
    ],
)
def test_from_and_to(source: str, right: str, wrong: str) -> None:
    assert check(source, right).findings == ()
    assert [finding.kind for finding in check(source, wrong).findings] == ["altered", "altered"]
