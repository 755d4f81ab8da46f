import pytest
from writing import play

from summarize.engines import Request
from summarize.grounding import ground
from summarize.summary import extract, summarize_section, without_repeats, write_headline

HEADING = "河湾社区新增车位"
TEXT = """河湾社区党委书记陆桂兰把停车难摆上议事会，居民投票决定保留七成绿地，其余改成车位。
新规实行以来，小区新增车位286个，因停车引起的报警由去年同期的58起下降到9起。
住在顶楼的刘先生说，以前晚上回家要绕着小区转半个钟头，现在很快就能停好。"""
GOOD = "河湾社区通过居民议事会解决停车难，保留七成绿地，新增车位286个，停车引起的报警明显减少。"


def find(text: str) -> list:  # type: ignore[type-arg]
    return ground([text])[0]


def summarize(*rounds: object, text: str = TEXT, limit: int = 100, context: int = 8000):  # type: ignore[no-untyped-def]
    items = [item for found in ground(text.split("\n")) for item in found]
    return play(summarize_section(text, HEADING, items, limit, context, find), *rounds)  # type: ignore[arg-type]


def test_a_faithful_answer_is_taken_as_it_is() -> None:
    summary, asked = summarize([GOOD])
    assert (summary.zh, summary.findings) == (GOOD, ())
    (request,) = asked[0]
    assert not request.latin and request.task == "summarize"
    assert request.text == f"{HEADING}\n{TEXT}"


@pytest.mark.parametrize("answer", [f"摘要：{GOOD}", f"以下是摘要：\n{GOOD}", f"**摘要：** {GOOD}", f"“{GOOD}”"])
def test_labels_are_left_out(answer: str) -> None:
    assert summarize([answer])[0].zh == GOOD


def test_an_invented_number_gets_a_second_try() -> None:
    summary, asked = summarize([GOOD.replace("286", "500")], [GOOD])
    assert (summary.zh, summary.findings) == (GOOD, ())
    assert asked[0][0].instruction != asked[1][0].instruction


def test_what_repeats_the_heading_is_written_again_without_it() -> None:
    summary, asked = summarize([f"{HEADING}。"], [GOOD])
    assert summary.zh == GOOD
    assert [requests[0].text for requests in asked] == [f"{HEADING}\n{TEXT}", TEXT]


def test_claims_are_cut_and_what_is_thin_then_is_written_again() -> None:
    claim = "，居民满意度提高。"
    assert summarize([GOOD[:-1] + claim])[0].zh == GOOD
    thin = "河湾社区把停车难摆上议事会，新增车位286个"
    assert summarize([thin + claim], [GOOD])[0].zh == GOOD
    # The longest of what is faithful is kept.
    assert summarize([thin + claim], ["河湾社区新增车位286个，报警下降到9起。"])[0].zh == thin + "。"
    assert summarize([thin + claim], ["居民满意度提高，生活更美好。"])[0].zh == thin + "。"


def test_what_somebody_said_is_not_a_summary() -> None:
    said = "住在顶楼的刘先生说：“以前晚上回家要绕着小区转半个钟头，现在很快就能停好。”"
    assert summarize([said], [GOOD], text=f"{TEXT}\n{said}")[0].zh == GOOD


def test_the_sentence_with_the_invention_is_left_out() -> None:
    invented = "社区还为居民发放了800元奖金。"
    summary, _ = summarize([GOOD + invented], [GOOD + invented])
    assert (summary.zh, summary.findings) == (GOOD, ())


@pytest.mark.parametrize(
    "answer", ["", "抱歉，我无法完成这个任务。", HEADING, "I cannot read this.", "王大明来到社区发放了500元。"]
)
def test_without_a_faithful_answer_the_sections_own_sentences_are_taken(answer: str) -> None:
    summary, asked = summarize([answer], [answer], [answer])
    assert len({requests[0].instruction for requests in asked}) == 3
    assert [finding.kind for finding in summary.findings] == ["extractive"]
    assert summary.zh == TEXT.split("\n")[0] + TEXT.split("\n")[1][: len(summary.zh) - len(TEXT.split("\n")[0])]
    assert 20 <= len(summary.zh) <= 100


@pytest.mark.parametrize("limit", [30, 60, 100, 200])
def test_the_bound_is_kept(limit: int) -> None:
    summary, _ = summarize(*[[GOOD * 4]] * 3, limit=limit)
    assert 20 <= len(summary.zh) <= limit
    assert summary.zh.endswith("。")


def test_a_section_longer_than_the_context_is_summarised_in_parts() -> None:
    text = "\n".join(f"{TEXT}" for _ in range(12))
    summary, asked = summarize(lambda request: GOOD, [GOOD], text=text, limit=100, context=1000)
    assert len(asked[0]) > 2
    assert all(len(request.text) <= 680 for request in asked[0])
    assert len(asked[1]) == 1 and GOOD in asked[1][0].text
    assert summary.zh == GOOD


def test_answers_that_do_not_shorten_end_the_parts() -> None:
    text = "\n".join(TEXT for _ in range(12))

    def answer(request: Request) -> str:
        return GOOD if request.text.startswith(HEADING) else request.text

    summary, _ = summarize(*[answer] * 4, text=text, limit=300, context=1000)
    assert summary.zh == GOOD


def test_headline() -> None:
    items = find(GOOD)
    assert play(write_headline(GOOD, find, items), ["标题：《议事会破解停车难》"])[0] == "议事会破解停车难"
    assert play(write_headline(GOOD, find, items), ["社区新增车位900个"])[0] == "河湾社区通过居民议事会解决停车难"


def test_extract() -> None:
    assert extract("第一句话说桥修好了。第二句话很长很长很长。", 12) == "第一句话说桥修好了。"
    assert (
        extract("村里的桥修好了，大家走在桥上都很高兴，说以后过河不用绕路了", 24)
        == "村里的桥修好了，大家走在桥上都很高兴。"
    )


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        # cut before the quotation that does not fit, not in it
        (
            f"{'县里开展垃圾分类教育课，' * 4}老师说要“教育一个孩子、影响一个家庭、带动一个社区”。",
            f"{'县里开展垃圾分类教育课，' * 3}县里开展垃圾分类教育课。",
        ),
        # an answer that was cut off
        (
            "县里给孩子们开展垃圾分类教育课，老师说要“影响一个家庭、带动一个",
            "县里给孩子们开展垃圾分类教育课，老师说要“影响一个家庭”。",
        ),
    ],
)
def test_no_quotation_is_left_open(answer: str, expected: str) -> None:
    assert extract(answer, 60) == expected


def test_a_quotation_that_opens_the_text_is_left_out() -> None:
    assert extract("“监控装好了没？”“巡防要打卡。”社区民警周立把提醒发到了商户手机上。", 60).startswith("社区民警周立")
    assert extract("“监控装好了没？”", 60) == "“监控装好了没？”"


def test_a_quotation_that_is_all_there_is_gets_its_end() -> None:
    assert (
        extract("“教育一个孩子、影响一个家庭、带动一个社区、造福一座城市”是目的。", 24)
        == "“教育一个孩子、影响一个家庭、带动一个社区”。"
    )


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            "街道打通服务群众“最后一公里”，整合多方力量，切实打通服务群众“最后一公里”。",
            "街道打通服务群众“最后一公里”，整合多方力量。",
        ),
        ("街道新增车位286个，方便居民。街道新增车位286个。", "街道新增车位286个，方便居民。"),
        ("甲社区新增车位286个，乙社区新增车位286个。", "甲社区新增车位286个，乙社区新增车位286个。"),
        (GOOD, GOOD),
    ],
)
def test_a_clause_that_repeats_an_earlier_one_is_cut(answer: str, expected: str) -> None:
    assert without_repeats(answer) == expected
