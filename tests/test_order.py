"""Before and after: told from each other, put right where they are mixed up, and written into the source."""

import pytest

from summarize.fidelity import check_translation, correct
from summarize.grounding import ground
from summarize.renderings import with_renderings


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        ("晚上八点以后回家很难停车。", "Parking is hard before 8 p.m.", "Parking is hard after 8 p.m."),
        ("工程将于2030年前建成。", "It will be built after 2030.", "It will be built before 2030."),
        ("8月底前完工。", "It ends after the end of August.", "It ends before the end of August."),
        ("自本月10日起停水。", "The water is off until the 10th.", "The water is off from the 10th."),
        ("2019年以来，水变清了。", "Until 2019 the water got clear.", "Since 2019 the water got clear."),
        ("自18日12时起停航。", "It is closed until noon on the 18th.", "It is closed from noon on the 18th."),
        ("起飞前30分钟关门。", "Gates close 30 minutes after takeoff.", "Gates close 30 minutes before takeoff."),
        ("公司3年前成立。", "The company was founded 3 years later.", "The company was founded 3 years ago."),
        ("两个月之后她出院了。", "Two months before she left hospital.", "Two months later she left hospital."),
        ("12月20日后可以领证。", "Until December 20 there are no papers.", "After December 20 there are no papers."),
    ],
)
def test_before_and_after(source: str, wrong: str, right: str) -> None:
    items = ground([source])[0]
    (finding,) = check_translation(source, wrong, items)
    assert (finding.kind, finding.item) == ("altered", items[0].kind)
    assert correct(source, wrong, items) == right
    assert check_translation(source, right, items) == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("2030年前建成。", "It will be finished by 2030."),
        ("3年前他来了，5年后走了。", "He came three years earlier and left five years after that."),
        ("2019年前三季度增长3%。", "It grew 3 percent after the first three quarters of 2019."),
        ("5月1日前来参观的人很多。", "After May 1 many came."),
        ("下午3点，人来了。", "They came before 3 p.m."),  # nothing is said of it
        ("他晚上八点以后才回家。", "He does not come home until 8 p.m."),
        ("10月1日以后才供暖。", "Heating won't begin until October 1."),
    ],
)
def test_what_is_not_said_is_not_checked(source: str, target: str) -> None:
    findings = check_translation(source, target, ground([source])[0])
    assert not [finding for finding in findings if "Something was" in finding.detail]


@pytest.mark.parametrize(
    ("source", "ready"),
    [
        ("以前晚上八点以后回家，得绕路。", "以前after 8 p.m.回家，得绕路。"),
        ("2019年以来，群众陆续搬来。", "since 2019，群众陆续搬来。"),
        ("自2019年以来，群众陆续搬来。", "since 2019，群众陆续搬来。"),
        ("本月以来，雨水不断。", "so far this month，雨水不断。"),
        ("90年代以前没有桥。", "before the 1990s没有桥。"),
        ("5月1日前来参观。", "May 1前来参观。"),
    ],
)
def test_the_model_reads_it_in_english(source: str, ready: str) -> None:
    assert with_renderings(source, ground([source])[0]) == ready
