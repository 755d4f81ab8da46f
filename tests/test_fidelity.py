import pytest

from summarize.digest import Finding
from summarize.fidelity import (
    check_summary,
    check_translation,
    compare,
    correct,
    placed,
    said_once,
    without_unsaid_years,
)
from summarize.fidelity.names import chinese_names, is_spelled
from summarize.fidelity.wording import distance, find_name, find_phrase
from summarize.grounding import ground
from summarize.grounding.item import Item, Kind, moved
from summarize.grounding.numbers import find_quantities


def item(source: str, zh: str, kind: Kind, *renderings: str) -> Item:
    start = source.index(zh)
    quantity = next((found.quantity for found in find_quantities(source) if found.zh == zh), None)
    return Item(kind, start, start + len(zh), zh, renderings, quantity)


SOURCE = "宝应县派出所民警王国军说，日均180余万件包裹从11月2日起分流。"
ITEMS = (
    item(SOURCE, "宝应县", "place", "Baoying County"),
    item(SOURCE, "派出所", "term", "police station"),
    item(SOURCE, "王国军", "person", "Wang Guojun"),
    item(SOURCE, "180余万", "number", "more than 1.8 million"),
    item(SOURCE, "11月2日", "date", "November 2"),
)
GOOD = (
    "Wang Guojun, an officer at a Baoying County police station, said more than 1.8 million parcels a day have been "
    "distributed since November 2."
)


def kinds(findings: tuple[Finding, ...]) -> list[str]:
    return sorted(finding.kind for finding in findings)


def test_a_faithful_translation_has_no_findings() -> None:
    assert check_translation(SOURCE, GOOD, ITEMS) == ()


@pytest.mark.parametrize(
    ("right", "spelled"),
    [
        ("Wang Guojun", "WANG Guo-jun"),
        ("Wang Guojun", "Wang Guo Jun"),
        ("Baoying County", "Baoying"),
        ("a Baoying County police station", "police stations in Baoying County"),
        ("more than 1.8 million", "over 1,800,000"),
        ("November 2", "2 Nov."),
    ],
)
def test_other_right_spellings_arrive(right: str, spelled: str) -> None:
    assert right in GOOD
    assert check_translation(SOURCE, GOOD.replace(right, spelled), ITEMS) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "kind", "what"),
    [
        ("Wang Guojun", "Wang Guojin", "altered", "person"),
        ("Wang Guojun", "Wang Guoqing", "altered", "person"),
        ("Wang Guojun", "Li Dawei", "altered", "person"),
        ("Wang Guojun, an officer", "An officer", "missing", "person"),
        ("1.8 million", "180,000", "altered", "number"),
        ("1.8 million", "1800 million", "altered", "number"),
        ("more than 1.8 million parcels", "many parcels", "missing", "number"),
        ("November 2", "November 12", "altered", "date"),
        (" since November 2", "", "missing", "date"),
        ("Baoying", "Beijing", "missing", "place"),
        ("police station", "company", "missing", "term"),
    ],
)
def test_missing_and_altered_items(right: str, wrong: str, kind: str, what: str) -> None:
    target = GOOD.replace(right, wrong)
    findings = check_translation(SOURCE, target, ITEMS)
    assert [(finding.kind, finding.item) for finding in findings] == [(kind, what)]
    start, end = findings[0].source or (0, 0)
    assert SOURCE[start:end] in {i.zh for i in ITEMS if i.kind == what}
    if kind == "altered":
        assert findings[0].target is not None
        assert target[slice(*findings[0].target)] in wrong


def test_invented_numbers_and_names() -> None:
    target = GOOD.replace("officer", "officer with Zhou Mingyuan and 450 colleagues")
    findings = check_translation(SOURCE, target, ITEMS)
    assert [(f.kind, f.item, target[slice(*(f.target or (0, 0)))]) for f in findings] == [
        ("invented", "person", "Zhou Mingyuan"),
        ("invented", "number", "450"),
    ]


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("她腾出自家的两间空房。", "She cleared three of her spare rooms.", ["altered"]),
        ("她腾出自家的两间空房。", "She cleared both of her spare rooms.", []),
        ("她腾出自家的两间空房。", "She cleared her spare rooms.", []),
        ("两名伤者均无生命危险。", "All three of the injured are out of danger.", ["altered"]),
        ("夫妻和两个孩子都没受伤。", "None of the four was hurt.", []),
        ("三人中有两人酒驾。", "Two of the three were caught drunk driving.", []),
    ],
)
def test_two_may_be_left_out_but_not_be_another_number(source: str, target: str, found: list[str]) -> None:
    assert kinds(check_translation(source, target, ground([source])[0])) == found


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (
            "建水县公安局城关派出所接到报警。",
            "Chengguan police station in Jianshui County got a call.",
            "The Jianshui County Public Security Bureau got a call.",
        ),
        (
            "唐文静在徐州市第一中学任教。",
            "Tang Wenjing teaches at Xuzhou No. 1 High School.",
            "Tang Wenjing teaches at Xuzhou No. 7 High School.",
        ),
    ],
)
def test_the_smallest_unit_and_its_number_must_arrive(source: str, right: str, wrong: str) -> None:
    items = ground([source])[0]
    assert check_translation(source, right, items) == ()
    assert "missing" in kinds(check_translation(source, wrong, items))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("他们一行三人去了东京。", "The three of them went to Tokyo."),
        ("他花了一个半小时。", "It took him 90 minutes."),
        ("受新冠疫情影响，客流下降。", "Passenger numbers fell because of COVID-19."),
        ("月薪上万，来自20多个国家。", "They earn over 10,000 a month and come from more than 20 countries."),
        ("占地300亩。", "It covers 300 mu (20 hectares)."),
        ("20世纪90年代建成。", "It was built in the 1990s."),
    ],
)
def test_numbers_that_the_source_accounts_for_are_not_invented(source: str, target: str) -> None:
    assert check_translation(source, target, ()) == ()


def test_names_that_the_source_has_are_not_invented() -> None:
    assert check_translation("记者重阳、单田芳报道。", "Reported by Chong Yang and Shan Tianfang.", ()) == ()


def test_places_without_renderings_are_not_checked() -> None:
    source = "他来到阿勒姆赫。"
    assert check_translation(source, "He has come.", [item(source, "阿勒姆赫", "place")]) == ()


def test_foreign_name_taken_for_a_chinese_one_is_not_missed() -> None:
    source = "沙利文表示赞成。"
    items = [item(source, "沙利文", "person", "Sha Liwen")]
    assert check_translation(source, "Sullivan said he agreed.", items) == ()
    assert kinds(check_translation(source, "He said that he agreed.", items)) == ["missing"]


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("The German government agreed.", []),
        ("The government agreed.", []),
        ("The government of France agreed.", ["altered"]),
    ],
)
def test_a_country_may_be_left_unsaid_but_not_be_another(target: str, found: list[str]) -> None:
    source = "德国政府同意了。"
    assert kinds(check_translation(source, target, [item(source, "德国", "place", "Germany")])) == found


@pytest.mark.parametrize(
    ("zh", "rendering", "target"),
    [
        ("汤姆·戴利", "Tom Daley", "Daley smiled."),
        ("李大姐", "Sister Li", "Mrs. Li smiled."),
        ("特朗普", "Donald Trump", "Trump smiled."),
    ],
)
def test_surnames_that_stand_alone(zh: str, rendering: str, target: str) -> None:
    source = f"{zh}笑了。"
    assert check_translation(source, target, [item(source, zh, "person", rendering)]) == ()
    assert kinds(check_translation(source, "Somebody smiled.", [item(source, zh, "person", rendering)])) == ["missing"]


@pytest.mark.parametrize("left", ["王国军", "，", "（", "\ufffd", "カ", "&#39;", "â€™"])
def test_what_is_not_english_is_found_where_it_is(left: str) -> None:
    target = GOOD.replace("officer", f"officer {left}")
    findings = [f for f in check_translation(SOURCE, target, ITEMS) if f.kind == "untranslated"]
    assert [target[slice(*(f.target or (0, 0)))] for f in findings] == [left]


@pytest.mark.parametrize(
    "loop",
    [" of the police" * 3, " the" * 6, " and so on" * 4, " He said that the parcels were here." * 3],
)
def test_loops(loop: str) -> None:
    assert "repeated" in kinds(check_translation(SOURCE, GOOD[:-1] + loop + ".", ITEMS))


@pytest.mark.parametrize(
    ("loop", "once"),
    [
        (
            '"He was funny, he was funny, he was funny, he was funny, he was "Young players enjoy it.',
            '"He was funny. "Young players enjoy it.',
        ),
        ('"It was good, it was good, it was good" he said.', '"It was good" he said.'),
        ("The road and the road and the road and the road and the road, said Wu.", "The road, said Wu."),
        ("no no no no no no no no", "no."),
        ("It rained. It rained again on Monday.", "It rained. It rained again on Monday."),
        ("", ""),
    ],
)
def test_loops_are_said_once(loop: str, once: str) -> None:
    assert said_once(loop) == once


@pytest.mark.parametrize(
    ("zh", "en", "without"),
    [
        (
            "李勇浩在联合国大会上发言。",
            "Ri spoke at the General Assembly in 2018 and left.",
            "Ri spoke at the General Assembly and left.",
        ),
        ("11月2日，他去世。", "On November 2, 2018, he died.", "On November 2, he died."),
        ("今年7月他走了。", "He left in July 2018.", "He left in July."),
        # Something of the Chinese would be lost, or the Chinese has the year.
        ("去年他走了。", "He left in 2017.", "He left in 2017."),
        ("2018年他走了。", "He left in 2018.", "He left in 2018."),
        ("他走了。", "The 2018 meeting ended.", "The 2018 meeting ended."),
    ],
)
def test_years_that_the_chinese_does_not_name_are_left_out(zh: str, en: str, without: str) -> None:
    assert without_unsaid_years(zh, en, ground([zh])[0]) == without


def test_a_refrain_of_the_source_may_be_repeated() -> None:
    source = "群众齐声高喊：加油，加油，加油，加油，加油，加油！"
    assert (
        check_translation(source, "The crowd cheered: Come on, come on, come on, come on, come on, come on!", ()) == ()
    )


def test_digits_and_dots_of_the_source_are_no_refrain() -> None:
    loop = "He sent 1,000,000 parcels of the police of the police of the police."
    assert "repeated" in kinds(check_translation("他寄了1000000件包裹………", loop, ()))


def test_cut_off_only_where_the_source_ends() -> None:
    assert kinds(check_translation("他来到了派出所。", "He came to the police", ())) == ["cut off"]
    assert check_translation("他来到了派出所", "He came to the police station", ()) == ()


def test_too_short_and_too_long() -> None:
    assert "too short" in kinds(check_translation(SOURCE * 5, GOOD, ()))
    assert "too long" in kinds(check_translation("他来到了派出所。", f"{GOOD} He came. {GOOD} They left.", ()))
    assert "too short" in kinds(check_translation(SOURCE, "", ()))


@pytest.mark.parametrize("refusal", ["I'm sorry, but I can't help with that.", "As an AI, I have no view."])
def test_refusals(refusal: str) -> None:
    assert "refused" in kinds(check_translation(SOURCE, refusal, ()))


def test_an_apology_of_the_source_is_no_refusal() -> None:
    assert check_translation("“对不起，我来晚了。”他说。", "\"I'm sorry, I'm late,\" he said.", ()) == ()


@pytest.mark.parametrize(
    "wrapped", ["Here is the translation: {}", "Translation: {}", "{}\n\nNote: 180 is kept.", "```\n{}\n```"]
)
def test_talk_about_the_task(wrapped: str) -> None:
    assert "off task" in kinds(check_translation(SOURCE, wrapped.format(GOOD), ITEMS))


@pytest.mark.parametrize(
    "answer",
    [
        "| County | Parcels |\n|---|---|\n| Baoying | 1.8 million |",
        '{"county": "Baoying County", "parcels": 1800000}',
        "<table><tr><td>Baoying County</td></tr></table>",
        'print("Baoying County")',
        "Here is the HTML table for the given information.",
    ],
)
def test_mark_up_and_code_are_off_task(answer: str) -> None:
    assert "off task" in kinds(check_translation(SOURCE, answer, ()))


def test_mark_up_of_the_source_is_not_off_task() -> None:
    assert check_translation("他写道：“<b>欢迎</b>”。", 'He wrote: "<b>Welcome</b>".', ()) == ()
    assert check_translation("| 姓名 | 年龄 |", "| Name | Age |", []) == ()


@pytest.mark.parametrize(
    "other",
    [
        "El mercado de frutas de Jizhou está lleno de vendedores.",
        "La coopérative de Qingshen a vendu 36,000 paniers, et le membre Tao Guiying en a fait 210.",
        "Der Bauer hat in dem Jahr 960 Pfund Tee geerntet und ist nicht müde.",
    ],
)
def test_other_languages_are_not_english(other: str) -> None:
    for text in (other, f"{other} Miao Yufeng sold 700 jin of persimmons in the morning."):
        (finding,) = [f for f in check_translation("蓟州区的山货大集来了许多摊主。", text, ()) if f.kind == "off task"]
        assert finding.target and text[slice(*finding.target)] == other.rstrip(".")


def test_foreign_names_in_english_are_english() -> None:
    source = "里约热内卢和拉普拉塔河都在南美洲。"
    assert check_translation(source, "Rio de Janeiro and the Rio de la Plata are both in South America.", ()) == ()


def test_text_about_translation_is_not_off_task() -> None:
    source = "他说：“这是这首诗的英文翻译。”"
    assert check_translation(source, 'He said, "Here is the English translation of this poem."', ()) == ()


# Repair


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Wang Guojun", "Wang Guojin"),
        ("Wang Guojun", "Wang Guoqing"),
        ("Wang Guojun", "王国军"),
        ("1.8 million", "180,000"),
        ("1.8 million", "1800 million"),
        ("police station, said", "police station，said"),
        ("a Baoying", "a&nbsp;Baoying"),
    ],
)
def test_correct_repairs_what_has_one_repair(right: str, wrong: str) -> None:
    assert correct(SOURCE, GOOD.replace(right, wrong), ITEMS) == GOOD


def test_a_name_that_is_misspelt_twice_is_put_right_twice() -> None:
    source = "王丽娜来了，王丽娜又走了。"
    items = [item(source, "王丽娜", "person", "Wang Lina")]
    assert correct(source, "Wang Lian came, and Wang Lian left.", items) == "Wang Lina came, and Wang Lina left."


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("花费500万港元。", "It cost HK$5 million.", "It cost US$5 million."),
        ("下调0.5个百分点。", "It was cut by 0.5 percentage points.", "It was cut by 0.5 percent."),
        ("下调0.5个百分点。", "It was cut by half a percentage point.", "It was cut by 0.5%."),
        ("花费500万美元。", "It cost US$5 million.", "It cost HK$5 million."),
        ("花费500万加元。", "It cost C$5 million.", "It cost A$5 million."),
        ("花费500万日元。", "It cost ¥5 million.", "It cost RMB ¥5 million."),
        ("气温降至零下5℃。", "The temperature fell to minus 5 degrees Celsius.", "It was 5 degrees Celsius."),
        ("气温降至零下5℃。", "It was 5 degrees Celsius below zero.", "The temperature fell to 5 degrees Celsius."),
        (
            "房价每平方米2万元。",
            "Homes cost 20,000 yuan per square meter.",
            "Homes cost 20,000 dollars per square meter.",
        ),
        ("房价2万元/平方米。", "Homes cost 20,000 yuan a square meter.", "Homes cost 20,000 dollars a square meter."),
    ],
)
def test_units_that_are_nearly_the_same(source: str, right: str, wrong: str) -> None:
    assert check_translation(source, right, ground([source])[0]) == ()
    assert check_translation(source, wrong, ground([source])[0])


def test_correct_leaves_a_faithful_translation_alone() -> None:
    assert correct(SOURCE, GOOD, ITEMS) == GOOD


def test_correct_does_not_guess_between_two() -> None:
    source = "王国军和同事都来了。"
    items = [item(source, "王国军", "person", "Wang Guojun")]
    target = "Wang Guojin and Wang Guojan both came."
    assert correct(source, target, items) == target


@pytest.mark.parametrize(
    ("target", "repaired"),
    [
        ("It cost 203 million yuan in all.", "It cost 20.3 million yuan in all."),
        ("It cost 203 million dollars in all.", "It cost 203 million dollars in all."),
    ],
)
def test_correct_keeps_the_unit(target: str, repaired: str) -> None:
    source = "共花费2030万元。"
    assert correct(source, target, [item(source, "2030万元", "number", "20.3 million yuan")]) == repaired


def test_correct_does_not_take_another_persons_name() -> None:
    source = "李明和李宁都来了。"
    items = [item(source, "李明", "person", "Li Ming")]
    target = "Li Ning came, and so did his friend."
    assert correct(source, target, items) == target


# Whole texts


def test_lines_are_checked_against_their_own() -> None:
    source = f"标题\n{SOURCE}\n完。"
    target = f"Title\n\n{GOOD.replace('Wang Guojun', 'Wang Guojin')}\nEnd."
    items = [moved(item, 3) for item in ITEMS]
    (finding,) = placed(compare(source, target, items)).findings
    assert finding.paragraph == 1
    assert source[slice(*(finding.source or (0, 0)))] == "王国军"
    assert target[slice(*(finding.target or (0, 0)))] == "Wang Guojin"


def test_texts_of_other_line_counts_are_one_passage() -> None:
    items = [moved(item, 3) for item in ITEMS]
    assert placed(compare(f"标题\n{SOURCE}", GOOD, items)).findings == ()


# Summaries

SECTION = "宝应县公安局民警王国军今年走访商户1600余家，11月2日召开座谈会，解决了96个问题，群众李大姐很满意。"
SECTION_ITEMS = (
    item(SECTION, "王国军", "person", "Wang Guojun"),
    item(SECTION, "1600余", "number", "more than 1,600"),
    item(SECTION, "11月2日", "date", "November 2"),
    item(SECTION, "96", "number", "96"),
)
SUMMARY = "民警王国军走访1600余家商户，解决了96个问题。"


def summary_kinds(summary: str, *items: Item, heading: str = "民警走访商户解难题", limit: int = 80) -> list[str]:
    findings = check_summary(SECTION, heading, summary, limit, SECTION_ITEMS, items)
    assert all(finding.part == "summary" for finding in findings)
    return kinds(findings)


def test_a_faithful_summary_has_no_findings() -> None:
    same = (item(SUMMARY, "王国军", "person"), item(SUMMARY, "96", "number"))
    assert summary_kinds(SUMMARY, *same) == []


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [("96", "69", "number"), ("王国军", "王国庆", "person"), ("1600余", "1.6万余", "number")],
)
def test_numbers_and_people_that_the_section_lacks(right: str, wrong: str, kind: Kind) -> None:
    summary = SUMMARY.replace(right, wrong)
    assert summary_kinds(summary, item(summary, wrong, kind)) == ["invented"]


def test_the_same_number_in_other_writing_is_not_invented() -> None:
    summary = SUMMARY.replace("96", "九十六")
    assert summary_kinds(summary, item(summary, "九十六", "number")) == []


def test_a_day_is_not_part_of_another() -> None:
    right, wrong = "座谈会于2日召开，96个问题得到解决。", "座谈会于1日召开，96个问题得到解决。"
    assert summary_kinds(right, item(right, "2日", "date")) == []
    assert summary_kinds(wrong, item(wrong, "1日", "date")) == ["invented"]


@pytest.mark.parametrize(
    ("summary", "kind"),
    [
        ("民警走访商户，解决难题。", "heading repeated"),
        ("民警走访。", "too short"),
        ("以下是摘要内容，民警王国军走访商户并解决问题。", "off task"),
        ("摘要：民警王国军走访商户并解决问题。", "off task"),
        ("抱歉，我无法总结这段文字的具体内容。", "refused"),
        ("民警王国军走访了1600余家商户，解决了", "cut off"),
        ("民警王国军走访商户。The police officer visited many shops. ", "untranslated"),
        ("民警走访商户，民警走访商户，民警走访商户，民警走访商户。", "repeated"),
        (SUMMARY * 5, "too long"),
    ],
)
def test_bad_summaries(summary: str, kind: str) -> None:
    assert kind in summary_kinds(summary)


# Wording


def test_names_are_whole_words() -> None:
    assert find_name("Xi'an", "Xian, XI’AN and Xi An") == [(0, 4), (6, 11), (16, 21)]
    assert find_name("Lu", "Lucy, Lund") == []
    assert find_name("Sao Paulo", "São Paulo's streets") == [(0, 9)]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("community police officer", "community police officers"),
        ("Party building", "building the Party"),
        ("law-based governance", "governance based on law"),
        ("organized crime", "organised crime"),
        ("service center", "service centres"),
        ("vice mayor", "Vice-Mayor"),
        ("high-quality development", "development of high quality"),
    ],
)
def test_phrases_in_other_inflection_and_spelling(phrase: str, text: str) -> None:
    assert find_phrase(phrase, f"They saw {text} there.") is not None


def test_phrases_that_are_not_there() -> None:
    assert find_phrase("police station", "The station is far from where the traffic and its many police are.") is None
    assert find_phrase("grid", "The gridlock") is None


def test_distance() -> None:
    assert distance("guojun", "guojun") == 0
    assert distance("guojun", "guojin") == 1
    assert distance("guojun", "guojnu") == 1
    assert distance("", "abc") == 3


def test_chinese_names_in_english() -> None:
    text = "Officer Wang Guojun and Ouyang Xiu met Hong Kong's Song Dynasty expert He Made near Long Beach."
    assert [text[slice(*place)] for place in chinese_names(text)] == ["Wang Guojun", "Ouyang Xiu"]
    assert is_spelled("Wang Guojun", "民警王國軍说")
    assert is_spelled("Guojun Wang", "王国军")
    assert not is_spelled("Wang Guojin", "王国军")


def test_an_age_in_tens_is_no_invented_number() -> None:
    assert check_translation("八旬老人学会了上网。", "An 80-year-old has learned to go online.", ()) == ()
    assert kinds(check_translation("老人学会了上网。", "An 80-year-old has learned to go online.", ())) == ["invented"]


@pytest.mark.parametrize(
    ("source", "target", "invented"),
    [
        ("英国财政大臣里夫斯周三公布预算。", "British Chancellor Rishi Sunak announced the budget on Wednesday.", True),
        ("总统说，他会赢。", "President Donald Trump said he would win.", True),
        ("特朗普说，他会赢。", "Donald Trump said he would win.", False),
        ("安倍说，会议推迟。", "Shinzo Abe said the meeting was postponed.", False),
        ("警方说，乔丹逃走了。", "Police said Michael Jordan fled.", False),
        ("Rishi Sunak说，会议推迟。", "Rishi Sunak said the meeting was postponed.", False),
    ],
)
def test_a_famous_person_whom_the_chinese_does_not_have_is_invented(source: str, target: str, invented: bool) -> None:
    findings = check_translation(source, target, ground([source])[0])
    assert any(f.kind == "invented" and f.item == "person" for f in findings) == invented


def test_the_surname_alone_will_do_for_a_familiar_name() -> None:
    source = "老王把自家的地租给了小吴。"
    items = ground([source])[0]
    assert check_translation(source, "Wang leased out his land to Wu.", items) == ()
    assert check_translation(source, "Lao Wang leased out his land to Xiao Wu.", items) == ()
    assert check_translation(source, "Lao Wang leased out his land to Xiao Li.", items) != ()
