import pytest

from summarize.fidelity import check_translation
from summarize.fidelity.opposites import opposites


@pytest.mark.parametrize(
    ("zh", "en", "word"),
    [
        ("上半年逆差扩大。", "The surplus grew in the first half of the year.", "surplus"),
        ("她的母亲是教师。", "The father is a teacher.", "father"),
        ("她获得女子组银牌。", "She won the gold medal in the women's event.", "won the gold"),
        ("今日最低气温5摄氏度。", "Today's highest temperature is 5 degrees Celsius.", "highest"),
        ("本市出口增长5%。", "The city's imports rose by 5 percent.", "imports"),
        ("男子100米决赛", "The final of the women's 100 meters", "women's"),
        ("由于母亲是外籍，她没有国籍。", "As her father is a foreigner, she has no citizenship.", "father"),
        ("他有两个女儿。", "He has two sons.", "sons"),
        ("调查显示，七成家长反对这项计划。", "Seventy percent of parents support the plan.", "support"),
        ("补课属自愿。", "The extra lessons are compulsory.", "compulsory"),
        ("工程提前两个月竣工。", "The project was finished two months behind schedule.", "behind schedule"),
        ("列车晚点3小时。", "The train arrived three hours early.", "hours early"),
        ("学校下周停课。", "The school will resume classes next week.", "resume"),
        ("一名老人受轻伤。", "An old man was seriously injured.", "seriously injured"),
        ("二审维持原判。", "The court of second instance overturned the ruling.", "overturned"),
        ("他否认使用暴力。", "He admitted using violence.", "admitted"),
        ("他因盗窃入狱。", "He was jailed for fraud.", "fraud"),
        ("补助民办幼儿园", "Subsidies for public kindergartens", "public kindergartens"),
        ("东城区今天停水。", "Power will be cut off in Dongcheng District today.", "Power will be cut off"),
        ("全省中考改革", "A reform of the province's college entrance exam", "college entrance"),
        ("沈阳队在客场惜败广州队。", "Shenyang lost at home to Guangzhou.", "at home to"),
        ("上半场连入三球。", "They scored three in the second half.", "second half"),
        ("明天有小雨。", "There will be heavy rain tomorrow.", "heavy rain"),
        ("新增4例，均为境外输入。", "All four new cases were locally transmitted.", "locally transmitted"),
        ("张某被任命为局长。", "Zhang was dismissed as director.", "dismissed"),
        ("她在决赛中获得银牌。", "She won gold in the final.", "won gold"),
        ("检察院提起公诉。", "The court filed charges.", "court"),
        ("省政协会议", "The provincial people's congress", "people's congress"),
        ("最高人民法院", "The intermediate people's court", "intermediate people's court"),
        ("他把股份转让给哥哥。", "He transferred the shares to his younger brother.", "younger brother"),
        ("丈夫比她大3岁。", "Her husband is three years younger.", "years younger"),
        ("伤者被送往县人民医院。", "The injured were taken to the provincial people's hospital.", "provincial"),
        ("市卫健委通报", "The National Health Commission said", "National"),
        ("房租每月9600元。", "The rent is 9,600 yuan a year.", "600 yuan a year"),
        ("高于全省平均水平。", "It is below the provincial average.", "below"),
        ("陈女士不慎滑倒。", "Chen slipped, and he was injured.", "he"),
        ("失踪的男孩找到了。", "The missing girl has been found.", "girl"),
        ("大厅周六上午开放。", "The hall is open on Saturday afternoons.", "afternoons"),
        ("發布橙色預警", "A red alert was issued", "red"),
        ("国庆假期游客增多。", "More tourists came during the May Day holiday.", "May Day"),
        ("学校下周一停课。", "The school will be closed on Monday this week.", "this week"),
        ("新馆明年3月开放。", "The new hall will open this March.", "this March"),
        ("产值同比增长7.1%。", "Output grew 7.1 percent month on month.", "month on month"),
        ("未来三天有雨。", "It rained over the past three days.", "past three days"),
        ("收入首次突破3万元。", "Incomes exceeded 30,000 yuan for the second time.", "second"),
        ("这名英国游客走失了5天。", "The Australian tourist was missing for five days.", "Australian"),
        ("她把奖金全部捐给母校。", "She donated some of her prize money to her old school.", "some"),
        ("周某被刺伤。", "Zhou was shot dead.", "shot dead"),
        ("女儿来了。他走了。", "His son came. He and his daughter left.", "son"),
        ("車禍致12人送院。", "A crash kills 12 people.", "kills"),
    ],
)
def test_the_opposite_is_found(zh: str, en: str, word: str) -> None:
    [(place, _)] = opposites(zh, en)
    assert en[slice(*place)] == word
    assert any(finding.target == place for finding in check_translation(zh, en, []))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("上半年顺差扩大，逆差收窄。", "The surplus widened, and the deficit narrowed."),
        ("他的父母是教师。", "His mother and father are teachers."),
        ("进出口总额增长5%。", "Exports and imports rose by 5 percent."),
        ("火灾已致3人遇难。", "The fire has killed three people."),
        ("妻子和丈夫都来了。", "The couple came."),
        ("请走A出口。", "Please take exit A."),
        ("全市红茶产量", "The city's output of black tea"),
        ("支持者和反对者都来了。", "Those who support it and those who oppose it came."),
        ("市民可向法院起诉，检察院也可介入。", "Residents may go to court."),
        ("宜昌市夷陵区", "Yiling District, Yichang"),
        ("他的母亲说，女儿很乖。", "His mother said her daughter was good."),
        ("月薪6000元，一年发12个月。", "The pay is 6,000 yuan, twelve times a year."),
        ("上午9时至下午5时开放。", "It is open from 9 a.m. to 5 p.m."),
        ("去年12月签署，今年4月生效。", "Signed last December, it took effect this April."),
        ("她表示，特朗普总统错了。", "Warren said he was wrong."),
        ("第一场比赛，他第二个出场。", "He came second in the first match."),
    ],
)
def test_right_english_has_none(zh: str, en: str) -> None:
    assert opposites(zh, en) == []
