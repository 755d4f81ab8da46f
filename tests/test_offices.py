"""An office before a name goes to the model in the order of English."""

import pytest

from summarize.grounding import ground
from summarize.renderings import with_renderings


def ready(text: str) -> str:
    return with_renderings(text, ground([text])[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "开封市公安局民警葛云飞接到电话。",
            "Ge Yunfei, a police officer at the Kaifeng Public Security Bureau,接到电话。",
        ),
        ("南海区人民法院法官麦家辉开庭。", "Mai Jiahui, a judge at the Nanhai District People's Court,开庭。"),
        ("海口市公安局副局长符气壮说，", "Fu Qizhuang, deputy director of the Haikou Public Security Bureau,说，"),
        ("龙景园社区民警覃立新提出", "Qin Lixin, a police officer in Longjingyuan Community,提出"),
        ("桐乡市村民王建国遗失背包", "Wang Jianguo, a villager of Tongxiang,遗失背包"),
        ("扬州大学教授殷雨桐，", "Yin Yutong, a professor at Yangzhou University，"),
        ("杭州市委书记刘捷讲话。", "Liu Jie, secretary of the Hangzhou Municipal Party Committee,讲话。"),
        (
            "南京市委常委王强讲话。",
            "Wang Qiang, Standing Committee member of the Nanjing Municipal Party Committee,讲话。",
        ),
    ],
)
def test_offices(text: str, expected: str) -> None:
    assert ready(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "海口市公安局民警孙海波、张磊沿街查看。",  # two who share an office
        "海口市公安局的一位民警孙海波沿街查看。",
        "美国总统特朗普说，",
        "海口市公安局接到孙海波电话。",
    ],
)
def test_all_else_keeps_its_order(text: str) -> None:
    assert ", a " not in ready(text)
    assert "of the" not in ready(text)


def test_traditional_characters() -> None:
    assert ready("海口市公安局副局長符氣壯說") == "Fu Qizhuang, deputy director of the Haikou Public Security Bureau,說"
