from summarize.grounding import ground, introduced_once


def people(passages: list[str], headings: list[bool]) -> list[list[tuple[str, str]]]:
    items = introduced_once(ground(passages), headings)
    return [[(item.zh, item.renderings[0]) for item in row if item.kind == "person"] for row in items]


def test_people_are_introduced_once() -> None:
    first, second = people(
        ["法国总统马克龙会见了记者。马克龙说，会议将在6月举行。", "马克龙还谈到了气候。"], [False, False]
    )
    assert first == [("马克龙", "Emmanuel Macron"), ("马克龙", "Macron")]
    assert second == [("马克龙", "Macron")]


def test_headings_have_the_surname_and_introduce_nobody() -> None:
    heading, body = people(["马克龙访问德国", "法国总统马克龙当天抵达柏林。"], [True, False])
    assert heading == [("马克龙", "Macron")]
    assert body == [("马克龙", "Emmanuel Macron")]


def test_full_names_stay_as_they_are() -> None:
    names = people(["伊万卡·特朗普说，伊万卡·特朗普不会参选。特朗普也这么说。"], [False])[0]
    assert names == [
        ("伊万卡·特朗普", "Ivanka Trump"), ("伊万卡·特朗普", "Ivanka Trump"), ("特朗普", "Trump")
    ]  # fmt: skip
    japanese = people(["日本首相安倍晋三说，安倍晋三内阁支持率上升。"], [False])[0]
    assert {english for _, english in japanese} == {"Shinzo Abe"}


def test_the_surname_of_the_storys_own_person_is_not_a_more_famous_one() -> None:
    names = people(["白宫新闻秘书萨拉·桑德斯说，会议推迟。桑德斯没有说明原因。"], [False])[0]
    assert ("桑德斯", "Sanders") in names
    assert people(["桑德斯在白宫回答了提问。"], [False])[0] == [("桑德斯", "Sanders")]
