import pytest

from summarize.key_sentences import best_sentences, key_sentences, opens_with_its_news
from summarize.traditional import simplify

FEATURE = """“当心脚下。”清晨5点，石桥村的老渡口还罩在雾里，船工何水根把缆绳解开，朝对岸喊了一声。
河面有三百来米宽，风一大船就停。村民下地、孩子上学都要过河。“等船等得心慌。”村民段玉梅说。
石桥村过河难，是全县最后一个没有桥的村。去年3月，县交通运输局筹资860万元，在石桥村渡口下游修桥。
施工队遇上汛期，停了两个月。何水根说，那阵子他每天要摆渡四十多趟。
今年10月，石桥村大桥通车，过河由40分钟缩短到2分钟，村里的柑橘当天能进城，收购价每斤涨了3角。"""
REPORT = """11月6日，云岭县石桥村大桥通车，石桥村过河由40分钟缩短到2分钟。大桥由县交通运输局筹资860万元修建，全长318米。
石桥村此前是云岭县最后一个没有桥的村，1260名村民靠渡船过河。
通车当天，舞龙队从桥上走过。村民段玉梅带着孙子来看热闹。"""


def test_a_text_that_fits_is_read_whole() -> None:
    assert key_sentences(FEATURE, len(FEATURE)) == FEATURE


@pytest.mark.parametrize("script", ["simplified", "traditional"])
def test_what_was_done_and_what_came_of_it_comes_before_scenes(script: str) -> None:
    traditional = str.maketrans("县桥时过说筹资涨船对", "縣橋時過說籌資漲船對")
    text = FEATURE if script == "simplified" else FEATURE.translate(traditional)
    best = best_sentences(text, 100)
    assert "860万元" in simplify(best) and "2分钟" in simplify(best)
    assert "解开" not in best and "心慌" not in best and len(best) <= 100


def test_the_model_reads_the_first_sentence_that_nobody_says_and_keeps_the_order() -> None:
    read = key_sentences(FEATURE, 150)
    assert read.startswith("清晨5点，石桥村的老渡口") and len(read) <= 150
    assert read.endswith("收购价每斤涨了3角。")
    assert [line for line in read.split("\n") if not any(line in paragraph for paragraph in FEATURE.split("\n"))] == []


def test_of_a_report_the_model_reads_the_beginning() -> None:
    beginning = REPORT.split("\n")[0]
    assert key_sentences(REPORT, len(beginning) + 10) == beginning


def test_no_sentence_is_taken_twice() -> None:
    text = "\n".join([FEATURE.split("\n")[2]] * 9)
    assert best_sentences(text, 100).count("860万元") == 1


def test_a_sentence_that_does_not_fit_is_cut() -> None:
    assert key_sentences("很长的一句话" * 40, 100) == ("很长的一句话" * 40)[:100]
    assert best_sentences("很长的一句话" * 40, 100) == ""


def test_reports_open_with_their_news_and_features_with_a_scene() -> None:
    assert opens_with_its_news(REPORT)
    assert not opens_with_its_news(FEATURE)
    assert not opens_with_its_news(REPORT.replace("11月6日，", "清晨，"))
