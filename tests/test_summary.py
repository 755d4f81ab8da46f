import pytest
from writing import play

from summarize.grounding import ground
from summarize.summary import extract, summarize_section, without_repeats, write_headline

HEADING = "河湾社区新增车位"
TEXT = """河湾社区党委书记陆桂兰把停车难摆上议事会，居民投票决定保留七成绿地，其余改成车位。
新规实行以来，小区新增车位286个，因停车引起的报警由去年同期的58起下降到9起。
住在顶楼的刘先生说，以前晚上回家要绕着小区转半个钟头，现在很快就能停好。"""
GOOD = "河湾社区通过居民议事会解决停车难，保留七成绿地，新增车位286个，停车引起的报警明显减少。"
SCENE = "“又没位置了？”清晨，刘先生摇下车窗，绕着花坛转了一圈。麻雀落在树上，孩子们追着跑。\n" + TEXT


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


def test_an_invented_number_is_not_taken() -> None:
    summary, asked = summarize([GOOD.replace("286", "500")])
    assert [finding.kind for finding in summary.findings] == ["extractive"] and len(asked) == 1
    assert "286" in summary.zh and "500" not in summary.zh


def test_words_that_the_section_does_not_have_are_not_taken() -> None:
    # 火灾 and 诈骗 are in no word of the text; 警方 only says in another word who acted
    assert summarize(["河湾社区发生火灾，小区新增车位286个，报警由58起下降到9起。"])[0].findings
    assert summarize([GOOD[:-1] + "。村民说这是诈骗。"])[0].zh == GOOD  # the sentence without them is enough
    assert summarize([GOOD])[0].findings == ()


def test_what_repeats_the_heading_is_written_again_without_it() -> None:
    summary, asked = summarize([f"{HEADING}。"], [GOOD])
    assert summary.zh == GOOD
    assert [requests[0].text for requests in asked] == [f"{HEADING}\n{TEXT}", TEXT]


def test_claims_are_cut_and_what_is_thin_then_is_not_taken() -> None:
    claim = "，居民满意度提高。"
    assert summarize([GOOD[:-1] + claim])[0].zh == GOOD
    thin = "河湾社区把停车难摆上议事会，新增车位286个"
    assert summarize([thin + claim])[0].findings[0].kind == "extractive"
    assert summarize([thin + claim], limit=50)[0].zh == thin + "。"


def test_what_somebody_said_is_not_a_summary() -> None:
    said = "住在顶楼的刘先生说：“以前晚上回家要绕着小区转半个钟头，现在很快就能停好。”"
    summary, _ = summarize([said], text=f"{TEXT}\n{said}")
    assert summary.findings[0].kind == "extractive" and said not in summary.zh


def test_the_sentence_with_the_invention_is_left_out() -> None:
    invented = "社区还为居民发放了800元奖金。"
    summary, _ = summarize([GOOD + invented])
    assert (summary.zh, summary.findings) == (GOOD, ())


@pytest.mark.parametrize(
    "answer", ["", "抱歉，我无法完成这个任务。", HEADING, "I cannot read this.", "王大明来到社区发放了500元。"]
)
def test_without_a_faithful_answer_the_sections_own_sentences_are_taken(answer: str) -> None:
    summary, _ = summarize(*[[answer]] * (2 if answer == HEADING else 1))
    assert [finding.kind for finding in summary.findings] == ["extractive"]
    assert all(sentence in TEXT for sentence in summary.zh.split("。")) and 20 <= len(summary.zh) <= 100


@pytest.mark.parametrize("limit", [30, 60, 100, 200])
def test_the_bound_is_kept(limit: int) -> None:
    summary, _ = summarize([GOOD * 4], limit=limit)
    assert 20 <= len(summary.zh) <= limit
    assert summary.zh.endswith("。")


@pytest.mark.parametrize(("limit", "context", "most"), [(100, 8000, 400), (200, 8000, 800), (100, 600, 280)])
def test_of_a_long_section_the_model_reads_the_key_sentences(limit: int, context: int, most: int) -> None:
    scenes = "\n".join(
        f"{flower}花开在{where}，几只麻雀在枝头跳来跳去，孩子们追着跑。"
        for flower in "桃杏梨李梅兰菊荷"
        for where in ("门口", "井边", "桥头")
    )
    summary, asked = summarize([GOOD], text=f"{scenes}\n{TEXT}", limit=limit, context=context)
    assert summary.zh == GOOD
    ((request,),) = asked
    assert most / 2 < len(request.text) <= len(HEADING) + 1 + most
    assert "新增车位286个" in request.text and request.text.startswith(f"{HEADING}\n{scenes[:10]}")


def test_headline() -> None:
    def headline(answer: str) -> str:
        written: str = play(write_headline(SCENE, GOOD, find, find(SCENE + GOOD)), [answer])[0]
        return written

    assert headline("标题：《议事会破解停车难》") == "议事会破解停车难"
    assert headline("社区新增车位900个") == "河湾社区通过居民议事会解决停车难"


def test_the_headline_of_a_report_is_written_from_its_opening() -> None:
    report = (
        "河湾社区3月2日宣布停车新规施行，居民议事会保留七成绿地，新增车位286个，停车报警由58起下降到9起。"
        "此前，居民多次反映停车难。议事会开了6次。社区党委书记陆桂兰主持。绿地一度荒着。"
        "下一步，社区将继续听取居民意见。物业负责日常管理。周边道路也在整修。"
    )
    for text, read in ((report, report[:40]), (SCENE, GOOD)):
        _, asked = play(write_headline(text, GOOD, find, find(report)), ["河湾社区新增车位286个"])
        ((request,),) = asked
        assert request.text.startswith(read) and len(request.text) <= 120 < len(report)


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
