"""What the model reads in place of what small models misread."""

import pytest

from summarize.grounding import ground
from summarize.renderings import with_renderings


@pytest.mark.parametrize(
    ("text", "ready"),
    [
        ("孙大勇等23名工人获奖。", "包括Sun Dayong在内的23名工人获奖。"),
        ("王强、李丽等12名村民领到了分红。", "包括Wang Qiang、Li Li在内的12名村民领到了分红。"),
        ("获奖的有王强、李丽等。", "获奖的有Wang Qiang、Li Li等。"),
        ("他强调，要抓好落实。", "他强调，必须抓好落实。"),
        ("他表示，要求很高。", "他表示，要求很高。"),
        ("昨日，我市召开会议。", "昨日，the city召开会议。"),
        ("我局破获一案。", "the bureau破获一案。"),
        ("“我村路通了，我县也好了。”", ' "我村路通了，我县也好了。" '),
        ("自我区分很难。", "自我区分很难。"),
        ("自12月1日起，新规施行。", "from December 1，新规施行。"),
        ("从周一起至周五停水。", "从Monday起至Friday停水。"),
        ("6月15日起，公交线路调整。", "from June 15，公交线路调整。"),
        ("一周不到500万元就到了账上。", "In less than one week, 5 million yuan就到了账上。"),
        ("门一开，三天不到，票就没了。", "门一开，in less than three days，票就没了。"),
        ("用了三天不到就建成了。", "用了less than three days就建成了。"),
        ("20世纪初期，铁路通了。", "In the early 20th century，铁路通了。"),
        ("6月15日起火的厂房。", "June 15起火的厂房。"),
        ("清明假期，市民踏青。", "During the Qingming holiday，市民踏青。"),
        ("行至滨河路与育才街交叉口时被查获。", "行至the intersection of Binhe Road and Yucai Street时被查获。"),
        ("建设路以东、人民路以南片区停水。", "east of Jianshe Road、south of Renmin Road片区停水。"),
        ("滨河路和育才街很堵。", "Binhe Road和Yucai Street很堵。"),
        ("民警迅速赶到现场。", "police officers迅速赶到现场。"),
        ("志愿者们清理河道。", "volunteers清理河道。"),
        ("一名民警受了伤，她是志愿者。", "一名police officer受了伤，她是volunteer。"),
        ("该民警及时赶到，志愿者服务队也到了。", "该police officer及时赶到，volunteer服务队也到了。"),
    ],
)
def test_what_small_models_misread(text: str, ready: str) -> None:
    assert with_renderings(text, ground([text])[0]) == ready
