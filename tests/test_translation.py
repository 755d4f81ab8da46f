import pytest
from writing import play

from summarize.engines import Completion
from summarize.fidelity import check_translation
from summarize.grounding import Item, ground
from summarize.renderings import with_renderings
from summarize.translation import (
    EXAMPLES,
    HEADLINE_EXAMPLES,
    PASSAGE,
    ROOM,
    Translation,
    respelled,
    translate,
)


def test_renderings_stand_in_the_source() -> None:
    text = "日均180余万件包裹,王国军说。"
    items = [
        Item("number", 2, 7, "180余万", ("more than 1.8 million",)),
        Item("person", 11, 14, "王国军", ("Wang Guojun",)),
    ]
    assert with_renderings(text, items) == "日均more than 1.8 million件包裹,Wang Guojun说。"
    assert with_renderings(text, []) == text


def test_neighbouring_renderings_are_kept_apart() -> None:
    items = [Item("place", 0, 2, "北京", ("Beijing",)), Item("number", 2, 4, "三百", ("300",))]
    assert with_renderings("北京三百x2", items) == "Beijing 300 x2"
    unknown = [Item("person", 0, 3, "特里奥", ())]
    assert with_renderings("特里奥来了", unknown) == "特里奥来了"


def test_a_good_answer_is_taken_as_it_is() -> None:
    text = "王国军昨天在宝应县查验了200辆牵引车。"
    items = ground([text])[0]
    english = "Yesterday Wang Guojun inspected 200 tractors in Baoying County."
    found, asked = play(translate(text, items), [english])
    assert found == Translation(english, ())
    (request,) = asked[0]
    assert request.latin and "Wang Guojun" in request.text and "王国军" not in request.text


@pytest.mark.parametrize("text", ["“渔船靠岸。”他说。", "「漁船返港。」他說。"])
def test_quotations_are_asked_for_in_the_marks_of_english(text: str) -> None:
    found, asked = play(translate(text, []), ['"Fishing boats return," he said.'])
    assert asked[0][0].text.count('"') == 2 and not set("“”「」") & set(asked[0][0].text)
    assert found.en == '"Fishing boats return," he said.'


def test_half_a_quotation_is_asked_for_again() -> None:
    text = "“渔船靠岸，大家都很高兴”，他说。"
    whole = '"The fishing boats are back in port, and everybody is happy," he said.'
    found, asked = play(translate(text, []), ['"The fishing boats are back in port, he said.'], [whole])
    assert (len(asked), found) == (2, Translation(whole, ()))
    half = '"The fishing boats are back in port and he said it.'
    found, _ = play(translate(text, []), [half], [half])
    assert [finding.kind for finding in found.findings] == ["cut off"]


def test_a_year_that_the_source_does_not_name_is_asked_for_again() -> None:
    text = "今年早些时候，渔船靠岸，大家都很高兴。"
    right = "Earlier this year the fishing boats came back, and everybody was happy."
    wrong = right.replace("Earlier this year", "In early 2019,")
    found, asked = play(translate(text, ground([text])[0]), [wrong], [right])
    assert (len(asked), found) == (2, Translation(right, ()))
    found, _ = play(translate(text, ground([text])[0]), [wrong], [wrong])
    assert [(finding.kind, finding.item) for finding in found.findings] == [("invented", "date")]
    text = "上世纪90年代，渔船靠岸，大家都很高兴。"
    decade = "In the 1990s the fishing boats came back, and everybody was happy."
    assert play(translate(text, ground([text])[0]), [decade])[0] == Translation(decade, ())
    text = "19年5月，渔船靠岸，大家都很高兴。"
    found, _ = play(translate(text, ground([text])[0]), [right.replace("Earlier this year", "In May 2019")])
    assert found.findings == ()


def test_a_quotation_that_goes_on_elsewhere_may_stay_open() -> None:
    found, asked = play(translate("他说：“渔船靠岸。", []), ['He said: "The fishing boats are back in port.'])
    assert len(asked) == 1 and found.findings == ()


def test_examples_are_shown_where_there_is_room_but_not_in_a_repair() -> None:
    _, asked = play(translate("渔船靠岸。", []), ["船返港。"], ["Fishing boats return."])
    assert [request.examples for (request,) in asked] == [EXAMPLES, ()]
    _, asked = play(translate("渔船靠岸。", [], context=ROOM - 1), ["Fishing boats return."])
    assert asked[0][0].examples == ()
    _, asked = play(translate("渔船靠岸", [], headline=True), ["Fishing boats return"])
    assert asked[0][0].examples == HEADLINE_EXAMPLES
    _, asked = play(translate("渔船靠岸", [], headline=True, context=ROOM - 1), ["Fishing boats return"])
    assert asked[0][0].examples == ()


@pytest.mark.parametrize(
    ("zh", "answer", "en"),
    [
        ("渔船靠岸", "Fishing boats return.", "Fishing boats return"),
        ("渔船靠岸。", "Fishing boats return.", "Fishing boats return."),
        ("渔船下午5时返港", "Fishing boats return at 5 p.m.", "Fishing boats return at 5 p.m."),
        ("渔船靠岸……", "Fishing boats return...", "Fishing boats return..."),
    ],
)
def test_headlines_end_without_a_full_stop(zh: str, answer: str, en: str) -> None:
    assert play(translate(zh, ground([zh])[0], headline=True), [answer])[0] == Translation(en, ())


def test_headlines_with_any_bar_are_translated_part_by_part() -> None:
    for bar in "丨｜|│":
        found, asked = play(
            translate(f"温岭{bar} 渔船靠岸", ground(["温岭"])[0], headline=True), ["Fishing boats return"]
        )
        assert (len(asked), found.en) == (1, "Wenling | Fishing boats return")


@pytest.mark.parametrize(
    "answer",
    [
        'Here is the translation: "Wang Guojun came to Baoying County."',
        "Sure! Translation: Wang Guojun came to Baoying County.",
        "  Wang Guojun came to Baoying County.\n",
    ],
)
def test_preambles_are_left_out(answer: str) -> None:
    text = "王国军来到宝应县。"
    found, _ = play(translate(text, ground([text])[0]), [answer])
    assert found.en == "Wang Guojun came to Baoying County."


def test_what_only_begins_like_a_preamble_stays() -> None:
    text = "这就是居民们说的：“公园很好。”"
    answer = 'Here is what residents said: "The park is good."'
    found, _ = play(translate(text, ()), [answer])
    assert found == Translation(answer, ())


def test_quotations_at_both_ends_stay() -> None:
    text = "社区用“小板凳”解决“大难题”"
    answer = '"Small bench" solves a "big problem"'
    found, _ = play(translate("把“小板凳”搬来。", ()), ['Moved the "small bench" here.'])
    assert found.en == 'Moved the "small bench" here.'
    found, _ = play(translate(text, ()), [answer])
    assert found.en == answer


def test_quotation_marks_and_sites_are_put_right() -> None:
    text = "“可以运营了！”王国军说，“好。”"
    found, _ = play(translate(text, ground([text])[0]), ['“It can run！”Wang Guojun said, " Good. "'])
    assert found.en == '"It can run!" Wang Guojun said, "Good."'
    found, _ = play(translate("渔船靠岸", [], headline=True), ["Fishing Boats Return - Xinhua Net"])
    assert found.en == "Fishing Boats Return"
    found, _ = play(translate("渔船下午5时返港。", []), ["Fishing boats return at 5 p. m."])
    assert found.en == "Fishing boats return at 5 p.m."
    text = "新华网：渔船靠岸"
    found, _ = play(translate(text, [], headline=True), ["Fishing Boats Return - Xinhuanet"])
    assert found.en == "Fishing Boats Return - Xinhuanet"


def test_a_failed_passage_is_repaired_sentence_by_sentence() -> None:
    text = "日均180余万件包裹从这里发出。王国军负责查验车辆。"
    items = ground([text])[0]
    good = {
        "180": "Every day more than 1.8 million parcels leave from here.",
        "Wang": "Wang Guojun is in charge of checking vehicles.",
    }

    found, asked = play(
        translate(text, items),
        ["Every day many parcels leave from here."],
        lambda r: good["180" if "million" in r.text else "Wang"],
    )
    assert found == Translation(" ".join(good.values()), ())
    assert len(asked[1]) == 2
    assert "more than 1.8 million" in asked[1][0].instruction
    assert "Wang Guojun" in asked[1][1].instruction


def test_only_the_sentences_that_went_wrong_are_translated_again() -> None:
    text = "日均180余万件包裹从这里发出。王国军负责查验车辆。"
    right, wrong = (
        "Every day more than 1.8 million parcels leave from here.",
        "Dr. Li is in charge of checking vehicles.",
    )
    found, asked = play(
        translate(text, ground([text])[0]), [f"{right} {wrong}"], ["Wang Guojun is in charge of checking vehicles."]
    )
    assert found == Translation(f"{right} Wang Guojun is in charge of checking vehicles.", ())
    (request,) = asked[1]
    assert "Wang Guojun" in request.text and "million" not in request.text


def test_what_stands_before_an_ellipsis_is_a_sentence_of_its_own() -> None:
    text = "“路灯装好了没？”“一定要装亮些”……10月27日，王国军负责查验车辆。"
    right = '"Are the lamps there?" "They must be bright" …'
    found, asked = play(
        translate(text, ground([text])[0]),
        [f"{right} On October 27, he was in charge of checking vehicles."],
        ["On October 27, Wang Guojun was in charge of checking vehicles."],
    )
    assert found == Translation(f"{right} On October 27, Wang Guojun was in charge of checking vehicles.", ())
    assert [len(requests) for requests in asked] == [1, 1]


def test_what_still_fails_is_told_and_the_better_answer_kept() -> None:
    text = "王国军和李秀兰负责查验车辆。"
    items = ground([text])[0]
    found, asked = play(
        translate(text, items),
        ["Wang Guojun is in charge of checking vehicles."],
        ["They are in charge of checking vehicles."],
    )
    assert found.en == "Wang Guojun is in charge of checking vehicles."
    assert [(finding.kind, finding.item) for finding in found.findings] == [("missing", "person")]
    assert len(asked) == 2


def test_an_answer_cut_off_is_told() -> None:
    text = "他们修好了村里的桥。"
    cut = Completion("They repaired the", 1, 1, False)
    found, _ = play(translate(text, []), [cut], [cut])
    assert "cut off" in {finding.kind for finding in found.findings}
    ends_well = Completion("They repaired the bridge in the village.", 1, 1, False)
    found, _ = play(translate(text, []), [ends_well], [ends_well])
    assert [finding.kind for finding in found.findings] == ["cut off"]
    found, _ = play(translate("温岭丨渔船靠岸", [], headline=True), [ends_well, ends_well], [ends_well, ends_well])
    assert "cut off" in {finding.kind for finding in found.findings}


@pytest.mark.parametrize("text", ["COVID-19 (2020)", "https://example.org/20201", "", "  "])
def test_text_without_chinese_stays_as_it_is(text: str) -> None:
    found, asked = play(translate(text, ground([text])[0]))
    assert found == Translation(text.strip(), ()) and asked == []


def test_long_paragraphs_go_in_passages_and_stay_in_order() -> None:
    text = "".join(f"这是第{n}句话，它说的是村里的桥已经修好了，大家都很高兴。" for n in range(1, 60))
    numbers = iter(range(1000))
    found, asked = play(
        translate(text, []), lambda r: f"Part {next(numbers)}.", *[lambda r: "They repaired the bridge."] * 2
    )
    assert len(asked[0]) > 3
    assert all(len(request.text) <= PASSAGE for request in asked[0])
    assert "".join(request.text for request in asked[0]) == text
    assert found.en


def test_headlines_with_a_bar_are_translated_part_by_part() -> None:
    text = "宝应丨物流园: 党员小分队忙碌"
    found, asked = play(translate(text, ground([text])[0], headline=True), ["Logistics park: Party members are busy"])
    assert found.en == "Baoying | Logistics park: Party members are busy"
    assert len(asked) == 1


def test_renderings_copied_with_spaces_are_joined_again() -> None:
    text = "夜访队走访4700余户次，住户晚上8点后回家。"
    answer = "The team visited more than 4, 700 households, whose people come home after 8 p. m."
    found, _ = play(translate(text, ground([text])[0]), [answer])
    assert found == Translation("The team visited more than 4,700 households, whose people come home after 8 p.m.", ())


def test_foreign_places_that_any_model_knows_stay_chinese() -> None:
    text = "日本游客在宝应县参观。"
    assert with_renderings(text, ground([text])[0]) == "日本游客在Baoying County参观。"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("11月2日上午，渔船靠岸。", "On the morning of November 2，渔船靠岸。"),
        ("11月2日凌晨，渔船靠岸。", "In the early morning of November 2，渔船靠岸。"),
        ("风停了。2017年7月，渔船靠岸。", "风停了。In July 2017，渔船靠岸。"),
        ("2017年，渔船靠岸。", "In 2017，渔船靠岸。"),
        ("20世纪90年代，渔船靠岸。", "In the 1990s，渔船靠岸。"),
        ("周三，渔船靠岸。", "On Wednesday，渔船靠岸。"),
        ("下午3点，渔船靠岸。", "At 3 p.m.，渔船靠岸。"),
        ("10月1日至7日，渔船靠岸。", "From October 1 to 7，渔船靠岸。"),
        ("去年，渔船靠岸。", "last year，渔船靠岸。"),
        ("截至11月2日，渔船靠岸。", "截至November 2，渔船靠岸。"),
        ("11月2日渔船靠岸。", "November 2渔船靠岸。"),
    ],
)
def test_the_date_that_a_sentence_begins_with_gets_its_preposition(text: str, written: str) -> None:
    assert with_renderings(text, ground([text])[0]) == written


def test_a_quotation_over_two_passages_stays_one() -> None:
    text = (
        "“昨天风很大，船长决定不出海，大家在港口修补渔网、检查机器、打扫甲板，中午在船上一起吃饭，下午又给岸上的仓库"
        "换了新的门窗和电灯，到了晚上才各自回家休息。"
        "今天天气好转，渔船一早就全部出海了，傍晚大家都会带着满舱的鱼回来，码头上的买主已经等了两天。”他说。"
    )
    first = (
        '"The wind was strong yesterday, and the captain decided not to put out. We mended nets, checked engines and '
        "swept decks in the harbour, had lunch together on board, put new doors, windows and lamps into the warehouse "
        'in the afternoon, and went home to rest only in the evening."'
    )
    rest = (
        '"Today the weather is better; all the boats put out early in the morning, and in the evening they will be '
        'back with full holds. The buyers on the quay have waited for two days," he said.'
    )
    found, asked = play(translate(text, []), [first, rest])
    assert [request.text.count('"') for request in asked[0]] == [2, 2]
    assert found == Translation(f"{first[:-1]} {rest[1:]}", ())


@pytest.mark.parametrize(
    ("zh", "ready"),
    [
        ("美国国务卿蓬佩奥来访。", "U.S. Secretary of State Mike Pompeo来访。"),
        ("德国总理默克尔来访。", "German总理Angela Merkel来访。"),
        ("韩国国防部表示关切。", "South Korean Ministry of National Defense表示关切。"),
        # Elsewhere any model knows the country.
        ("美国宣布对伊朗实施制裁。", "美国宣布对伊朗实施制裁。"),
        ("日本安倍晋三出席。", "日本Shinzo Abe出席。"),
    ],
)
def test_countries_before_offices_become_adjectives(zh: str, ready: str) -> None:
    assert with_renderings(zh, ground([zh])[0]) == ready


def test_a_loop_that_no_repair_stops_is_said_once_and_told() -> None:
    loop = "The boat came back, the boat came back, the boat came back, the boat came back,"
    written, _ = play(translate("渔船靠岸，大家高兴。", ()), [loop], [loop])
    assert written.en == "The boat came back."
    assert [finding.kind for finding in written.findings] == ["repeated"]
    assert respelled(written, "渔船靠岸，大家高兴。", "The ship came back.", ()).findings == written.findings


def test_a_respelled_translation_is_checked_again() -> None:
    zh = "霍伦德说，学校有120名学生。"
    items = ground([zh])[0]
    cut_off, _ = play(translate(zh, items), *[[Completion("Hollend said the school has 12", 9, 9, False)]] * 2)
    written = respelled(cut_off, zh, cut_off.en.replace("Hollend", "Hollund"), items)
    assert written.en == "Hollund said the school has 120"
    assert {finding.kind for finding in written.findings} == {finding.kind for finding in cut_off.findings}
    assert "cut off" in {finding.kind for finding in written.findings}


def test_a_sentence_that_fails_again_is_translated_in_clauses() -> None:
    text = "社区为独居老人装上了烟雾报警器，网格员每周上门检查一次，全年共排查隐患74处。"
    lost = "The community installed smoke alarms for the elderly living alone, and grid workers check them every week."
    clauses = [
        "The community installed smoke alarms for the elderly living alone.",
        "Grid workers check them every week, and 74 hazards were found in the whole year.",
    ]
    found, asked = play(translate(text, ground([text])[0]), [lost], [lost], clauses)
    assert [request.text for request in asked[2]] == [
        "社区为elderly living alone装上了smoke alarm，",
        "grid worker每周上门检查一次，全年共排查隐患74处。",
    ]
    assert (found.en, found.findings) == (" ".join(clauses), ())


def test_a_country_that_is_left_unsaid_is_asked_for_again() -> None:
    text = "他转会到意大利豪门俱乐部。"
    items = ground([text])[0]
    found, asked = play(translate(text, items), ["He moved to a top club."], ["He moved to a top Italian club."])
    assert found == Translation("He moved to a top Italian club.", ())
    assert len(asked) == 2
    # If it stays away, that is told, though of people's English it is not.
    found, _ = play(translate(text, items), *[["He moved to a top club."]] * 2)
    assert [finding.kind for finding in found.findings] == ["missing"]
    assert check_translation(text, found.en, items) == ()
