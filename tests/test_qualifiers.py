import pytest

from summarize.fidelity import check_translation
from summarize.fidelity.qualifiers import lost_qualifiers


@pytest.mark.parametrize(
    ("zh", "en", "lost"),
    [
        ("刘某因涉嫌诈骗被捕。", "Liu was jailed for fraud.", "涉嫌"),
        (
            "住建局原局长黄文斌接受调查。",
            "Huang Wenbin, director of the housing bureau, is under investigation.",
            "原局长",
        ),
        ("副中队長林峰衝入火場。", "Squadron leader Lin Feng rushed into the fire.", "副"),
        ("该站日均客流量约6.8万人次。", "The station has some 68,000 passengers.", "日均"),
        ("市政府将召开新闻发布会。", "The city government held a press conference.", "将召开"),
        ("该园拟于9月1日开园。", "The kindergarten opened on September 1.", "拟于"),
        ("项目预计2026年底建成。", "The project was completed at the end of 2026.", "预计"),
        ("今年计划改造老旧小区36个。", "This year 36 old compounds were renovated.", "计划改造"),
        ("他不慎将戒指丢入垃圾桶。", "He threw a ring into the bin.", "不慎"),
        ("志愿者可免费使用。", "Volunteers may use it for a fee.", "免费"),
        ("父亲是退休教师。", "His father is a teacher.", "退休"),
        ("该县是全国最大的基地之一。", "The county is the largest base in the country.", "最大的基地之一"),
        ("村民人均可支配收入突破3万元。", "The villagers' disposable income exceeded 30,000 yuan.", "人均可支配"),
        ("工人平均每天工作8小时。", "The workers work eight hours a day.", "平均"),
        ("每年可减少排放约1.5万吨。", "It can cut emissions by some 15,000 tons.", "每年"),
        ("人口自然增长率为负2.3‰。", "The natural growth rate was 2.3 per thousand.", "负"),
        ("每人可借10册图书。", "Readers can borrow 10 books.", "每人"),
        ("天晴了。局长将于周三来访。", "It will clear up. The director came on Wednesday.", "将于周三"),
    ],
)
def test_a_lost_word_is_found(zh: str, en: str, lost: str) -> None:
    [(start, end)] = lost_qualifiers(zh, en)
    assert zh[start:end] == lost
    assert any(finding.source == (start, end) for finding in check_translation(zh, en, []))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("刘某因涉嫌诈骗被捕。", "Liu was arrested on suspicion of fraud."),
        ("前总统特朗普", "Former president Trump"),
        ("副市长出席会议。", "A vice mayor attended the meeting."),
        ("副产品均衡", "By-products in balance"),
        ("人均收入3万元。", "Per capita income was 30,000 yuan."),
        ("会议即将结束。", "The meeting ends."),
        ("大将会面", "The generals met"),
        ("按原计划完成了任务。", "The task was completed according to plan."),
        ("市政府将召开发布会。他来了。", "The city government will hold a press conference, and he came."),
    ],
)
def test_right_english_has_lost_none(zh: str, en: str) -> None:
    assert lost_qualifiers(zh, en) == []
