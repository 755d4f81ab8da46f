"""What a report opens with is written by rule, the rest by the model."""

import pytest
from writing import play

from summarize.grounding import ground, render_lead_in
from summarize.translation import translate


@pytest.mark.parametrize(
    ("text", "english", "rest"),
    [
        ("本报讯（记者 王磊 通讯员 李静）12月3日，", "(Wang Lei, reporter; Li Jing, correspondent)", "12月3日，"),
        ("本报讯 记者从市农业农村局获悉，", "", "记者从市农业农村局获悉，"),
        ("本报北京12月1日电（记者 李红梅）今年", "Staff report, Beijing, December 1 (Li Hongmei, reporter)", "今年"),
        ("洪洞县融媒体中心讯（记者 卫红霞）今年", "Hongtong Integrated Media Center (Wei Hongxia, reporter)", "今年"),
        ("新华社合肥11月28日电（记者 陈诺）今年", "Xinhua, Hefei, November 28 (Chen Nuo, reporter)", "今年"),
        ("新華社北京12月1日電 國家", "Xinhua, Beijing, December 1", "國家"),
        (
            "中新网兰州12月2日电 (记者 冯志军)甘肃",
            "China News Service, Lanzhou, December 2 (Feng Zhijun, reporter)",
            "甘肃",
        ),
        ("记者徐正华 通讯员贾宇报道：黄梅县", "Xu Zhenghua, reporter; Jia Yu, correspondent", "黄梅县"),
    ],
)
def test_lead_ins(text: str, english: str, rest: str) -> None:
    assert render_lead_in(text) == (english, len(text) - len(rest))


@pytest.mark.parametrize(
    "text",
    [
        "记者王磊告诉大家，这件事报道过：很多人知道。",
        "12月3日，记者 王磊报道了此事。",
        "新华社合肥11月28日电（记者 陈诺）",  # nothing follows: a byline
        "他说本报讯 今天没有。",
        "某某社合肥11月28日电 今年",  # an outlet that nobody knows
        "",
    ],
)
def test_what_is_none_or_not_sure_is_left_to_the_model(text: str) -> None:
    assert render_lead_in(text) is None


def test_only_the_rest_is_asked_for() -> None:
    text = "新华社合肥11月28日电（记者 陈诺）安徽省今年改造农村危房1.3万户。"
    answer = "Anhui Province has renovated 13,000 dilapidated houses this year."
    written, asked = play(translate(text, ground([text])[0]), [answer])
    assert [request.text[:5] for request in asked[0]] == ["Anhui"]
    assert written.en == f"Xinhua, Hefei, November 28 (Chen Nuo, reporter) — {answer}"
    assert written.findings == ()
