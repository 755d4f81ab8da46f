import pytest

from summarize.grounding import ground
from summarize.grounding.name_spans import romanised_spans
from summarize.grounding.names import find_names
from summarize.grounding.origin import origin
from summarize.grounding.personal_names import address_english, person_english
from summarize.grounding.pinyin import join, spell_person


def people(*passages: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(i.zh, i.renderings) for items in find_names(passages) for i in items if i.kind == "person"]


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("王国军", "Wang Guojun"),
        ("单国强", "Shan Guoqiang"),
        ("仇永生", "Qiu Yongsheng"),
        ("曾庆梅", "Zeng Qingmei"),
        ("解晓东", "Xie Xiaodong"),
        ("任大明", "Ren Daming"),
        ("查志明", "Zha Zhiming"),
        ("盖建军", "Ge Jianjun"),
        ("区志强", "Ou Zhiqiang"),
        ("朴春花", "Piao Chunhua"),
        ("华国明", "Hua Guoming"),
        ("翟志刚", "Zhai Zhigang"),
        ("缪伟", "Miao Wei"),
        ("尉迟敏", "Yuchi Min"),
        ("万俟雪", "Moqi Xue"),
        ("欧阳慧兰", "Ouyang Huilan"),
        ("李西安", "Li Xi'an"),
        ("吕布", "Lyu Bu"),
    ],
)
def test_chinese_names_are_spelled_with_the_readings_of_names(name: str, english: str) -> None:
    assert person_english(name)[0] == english


def test_other_spellings_of_a_name_also_count() -> None:
    assert {"Li Xi'an", "Li Xian", "Li Xi-an", "Xi'an Li"} <= set(spell_person("李西安"))
    assert {"Lyu Yang", "Lü Yang", "Lu Yang"} <= set(spell_person("吕阳"))


def test_join_puts_an_apostrophe_before_a_vowel_only() -> None:
    assert join(["xi", "an"]) == "Xi'an"
    assert join(["guo", "jun"]) == "Guojun"


@pytest.mark.parametrize(
    "name",
    [
        "罗杰斯",
        "莫利纳",
        "韦斯特",
        "汤姆·汉克尔",
        "史密斯",
        "佐藤健二",
        "沙利耶",
        "韦德",
    ],
)
def test_other_names_are_not_spelled_in_pinyin(name: str) -> None:
    assert origin(name) == "foreign"
    assert person_english(name) == ()


def test_korean_and_japanese_names_are_told_by_what_stands_before_them() -> None:
    assert origin("李秉勋", "韩国") == "foreign"
    assert origin("原健一郎", "日本") == "foreign"
    assert origin("李秉勋") == "chinese"


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("特朗普", "Donald Trump"),
        ("安倍晋三", "Shinzo Abe"),
        ("金正恩", "Kim Jong Un"),
        ("林郑月娥", "Carrie Lam"),
        ("蔡英文", "Tsai Ing-wen"),
    ],
)
def test_known_people(name: str, english: str) -> None:
    assert person_english(name)[0] == english


@pytest.mark.parametrize("name", ["普拉博沃", "大坂直美", "本笃十六世", "迪亚斯-卡内尔"])
def test_known_people_whatever_the_tagger_takes_them_for(name: str) -> None:
    assert [zh for zh, _ in people(f"{name}在会上表示，{name}将访问法国。")] == [name, name]


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("刘先生", "Mr. Liu"),
        ("王女士", "Ms. Wang"),
        ("李大姐", "Sister Li"),
        ("张师傅", "Master Zhang"),
        ("王所长", "Director Wang"),
        ("陈某", "a person surnamed Chen"),
        ("欧阳老师", "Teacher Ouyang"),
        ("小王", "Xiao Wang"),
        ("老单", "Lao Shan"),
    ],
)
def test_forms_of_address(name: str, english: str) -> None:
    forms = address_english(name)
    assert forms is not None and forms[0] == english


def test_a_name_without_address_is_none() -> None:
    assert address_english("王国军") is None


def test_people_of_a_passage_with_offsets() -> None:
    text = "记者王国军、通讯员徐丹报道：商户刘先生和李大姐向民警张少伟道谢，嫌疑人陈某被拘。"
    items = [i for i in find_names([text])[0] if i.kind == "person"]
    assert [i.zh for i in items] == ["王国军", "徐丹", "刘先生", "李大姐", "张少伟", "陈某"]
    assert all(text[i.start : i.end] == i.zh for i in items)


def test_everyday_words_are_not_people() -> None:
    text = "物流高峰到来，党员先锋队在热火朝天的工地上巡防，温暖的平安灯照亮归途，学习和老师的教导。"
    assert people(text) == []


def test_traditional_text_keeps_its_characters_and_offsets() -> None:
    text = "記者陳國輝報導，市民張志強向警員道謝。"
    items = find_names([text])[0]
    assert [(i.zh, i.renderings[0]) for i in items] == [("陳國輝", "Chen Guohui"), ("張志強", "Zhang Zhiqiang")]
    assert all(text[i.start : i.end] == i.zh for i in items)


def test_a_known_full_name_is_found_in_every_passage_alike() -> None:
    found = people("民警王世勇在园区巡逻。", "王世勇介绍，园区有商户一千多家。", "大家都说王世勇是热心人。")
    assert found == [found[0]] * 3 and found[0][1][0] == "Wang Shiyong"


def test_foreign_story_has_no_pinyin_names() -> None:
    text = "美国歌手汤姆·德温特与经纪人罗莎在伦敦见面，邓迪随后赶到。"
    assert all(english == () for _, english in people(text))


def test_tibetan_names_are_put_together_from_their_parts() -> None:
    assert origin("扎西次仁") == "foreign"
    assert person_english("扎西次仁")[0] == "Tashi Tsering"
    assert "Drolma" in person_english("卓玛")


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("阿依古丽", "Ayguli"),
        ("买买提·艾力", "Mamat Eli"),
        ("巴特尔", "Bater"),
        ("乌云其木格", "Wuyunqimuge"),
        ("努尔兰", "Nurlan"),
        ("索南达杰", "Sonam Dargye"),
        ("古丽努尔", "Gulnur"),
        ("彭措", "Phuntsok"),
        ("卓嘎", "Drolkar"),
    ],
)
def test_uygur_and_mongolian_names_by_their_parts(name: str, english: str) -> None:
    assert origin(name) == "foreign"
    assert english in person_english(name)


def test_latin_names_stay_as_they_are() -> None:
    assert ("Johnson", ("Johnson",)) in people("研究员Johnson在伦敦表示，药物有效。")


def test_nothing_in_nothing() -> None:
    assert find_names([]) == []
    assert find_names(["", "。"]) == [[], []]


@pytest.mark.parametrize(
    ("text", "name", "english"),
    [
        ("社区民警祝红兵每天走访。", "祝红兵", "Zhu Hongbing"),
        ("辅警居海洋每天巡查。", "居海洋", "Ju Haiyang"),
        ("法官解学波当庭宣判。", "解学波", "Xie Xuebo"),
        ("网格员向一玲和志愿者走进小区。", "向一玲", "Xiang Yiling"),
        ("记者从教导员傅宇国处了解到，治安平稳。", "傅宇国", "Fu Yuguo"),
        ("曾庆年曾经在小学教书。", "曾庆年", "Zeng Qingnian"),
        ("查大刚是园区的负责人。", "查大刚", "Zha Dagang"),
        ("学生殷雨桐、卞思源、仲夏来到村里。", "仲夏", "Zhong Xia"),
        ("小李刚到派出所。", "小李", "Xiao Li"),
        ("感谢汤所长！", "汤所长", "Director Tang"),
        ("主教练邵佳一征召26人。", "邵佳一", "Shao Jiayi"),
        ("12岁的小宇（化名）拉着母亲。", "小宇", "Xiaoyu"),
        ("民警王𬭎每天走访。", "王𬭎", "Wang Hong"),
        ("驾驶员蔡某强闯红灯。", "蔡某强", "Cai Mouqiang"),
    ],
)
def test_names_that_the_tagger_misses_or_cuts(text: str, name: str, english: str) -> None:
    assert dict(people(text))[name][0] == english


def test_a_name_with_too_much_of_the_sentence_is_cut() -> None:
    found = people("陈光明顿生警觉。", "网格员陈光明接到电话。")
    assert [name for name, _ in found] == ["陈光明", "陈光明"]


@pytest.mark.parametrize(
    "text",
    [
        "民警张贴海报，民警应急处置，民警查获毒品，社区民警常态化走访。",
        "记者任务重，村民时常来，民警成功劝阻，辅警连夜巡查，居民水电费由村里交。",
        "其中，重庆段正加紧推进，广大干部对党忠诚。",
        "当地林火致23人遇难，王储宣布进入紧急状态。",
    ],
)
def test_words_after_titles_are_not_people(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "name", "english"),
    [
        ("辅警全小虎沿河堤巡查。", "全小虎", "Quan Xiaohu"),
        ("巡防队员蒙小毛守在渡口。", "蒙小毛", "Meng Xiaomao"),
        ("所长于海波、教导员时光荣来到现场。", "时光荣", "Shi Guangrong"),
        ("法院检察官寿晓琴说，案子结了。", "寿晓琴", "Shou Xiaoqin"),
        ("当天，储红梅、王强来到村里。", "储红梅", "Chu Hongmei"),
        ("民警英若梅、隋广义赶到。", "英若梅", "Ying Ruomei"),
        ("最难忘的是民警司徒健帮她找回手机。", "司徒健", "Situ Jian"),
        ("香港居民麦国强在深圳市福田区报警。", "麦国强", "Mai Guoqiang"),
        ("他的师父老周干了一辈子。", "老周", "Lao Zhou"),
        ("失主时女士和强大爷报了警。", "时女士", "Ms. Shi"),
        ("乌云其木格从内蒙古大学毕业。", "乌云其木格", "Wuyunqimuge"),
        ("内蒙古镇长那顺乌力吉违规。", "那顺乌力吉", "Nashunulji"),
        ("新疆和田地区民警买买提江·阿不都热依木说", "买买提江·阿不都热依木", "Mametjan Abdurehim"),
        ("青海省牧民卓玛措说", "卓玛措", "Drolma Tso"),
        ("陳姓男子報案", "陳姓", "surnamed Chen"),
        ("林男酒後駕車", "林男", "a man surnamed Lin"),
        ("云南省某县村民罗安金说", "罗安金", "Luo Anjin"),
        ("张老先生说", "张老先生", "Mr. Zhang"),
    ],
)
def test_names_in_words_of_everyday(text: str, name: str, english: str) -> None:
    assert dict(people(text))[name][0] == english


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("通讯员 尚 进 记者 全 浩", {"尚 进": "Shang Jin", "全 浩": "Quan Hao"}),
        ("（王 磊 常 乐 文/图）", {"王 磊": "Wang Lei", "常 乐": "Chang Le"}),
        ("路修好了。（孟庆元 宋扬）", {"孟庆元": "Meng Qingyuan", "宋扬": "Song Yang"}),
        ("记者鲁金博、通讯员丁一舟南京报道", {"鲁金博": "Lu Jinbo", "丁一舟": "Ding Yizhou"}),
        ("（参与记者：尹南、倪瑞捷）", {"尹南": "Yin Nan", "倪瑞捷": "Ni Ruijie"}),
    ],
)
def test_names_in_credits(text: str, names: dict[str, str]) -> None:
    assert {name: english[0] for name, english in people(text)} == names


@pytest.mark.parametrize(
    "text",
    [
        "民警全程陪同，全天候巡查，工人从当初的46人增加到318人，书记向群众介绍政策，主任向学生介绍安全知识。",
        "民警查三家饭店，教学生过马路，解释说要按规定办。",
        "上周比利时新增病例，周平均气温升高，徐兰高速通车。",
        "广大党员干部表示，要学习先进；官员普遍认为，贺词指出了方向。",
        "总书记曾指出：“学习是必修课。”主任曾表示支持，书记曾参加活动。",
        "设置党员先锋岗，教授自由派的主张，但民权活动者表示反对。",
        "孙女笑着说，奶奶身体好；现任所长以来，由警官带队，和师傅商量。",
        "医生来义诊。志愿者来帮忙打扫。记者来采访，又来稿。",
        "记者全程跟踪。记者随车采访。记者那时在场。",
        "牛棚里堆着草料，车窗外下着雪，居民在宿舍楼前说话，他说柴火饭很香。",
        "几位大妈跳舞，大学生来村里当老师，荒山变成林海。",
        "桑蚕丰收，银龄志愿者上岗，金婚老人拍照，支书说了算。",
    ],
)
def test_a_surname_and_an_everyday_word_are_no_name(text: str) -> None:
    assert people(text) == []


def test_a_short_name_known_from_elsewhere_is_found_where_it_can_be_meant() -> None:
    found = people("社区民警高峰告诉记者，路不好走。", "高峰在早高峰时段疏导交通。")
    assert [name for name, _ in found] == ["高峰", "高峰"]


def test_organisations_and_questions_are_no_people() -> None:
    assert people("发言人答记者问时表示，谈判没有中断。") == []
    assert people("彭博报道，签约金高达4000万英镑，就业人员周平均工作46小时。") == []


def test_a_familiar_name_ends_before_what_the_person_does() -> None:
    assert people("维修工老杜干这行27年。") == [("老杜", ("Lao Du", "Old Du", "Du"))]
    assert people("社区的小刘比亲闺女还亲。") == [("小刘", ("Xiao Liu", "Little Liu", "Liu"))]


def test_words_that_only_look_like_names() -> None:
    assert people("得益于社区民警来得勤、看得紧。") == []
    assert people("主教练自上月更换后，球队连胜。") == []
    assert people("情况可能更糟糕，这份申明中说。") == []
    assert [name for name, _ in people("社区民警来德勤说。")] == ["来德勤"]


def test_names_in_latin_letters_are_whole_words() -> None:
    for text in ("守门员挡出( Xherdan Shaqiri)的传球， 此时终场哨响", "事故发生在Ballyhackamore购物中心外。"):
        assert all(not text[text.index(name) + len(name)].isalpha() for name, _ in people(text))


def test_a_surname_of_the_article_is_known_before_a_form_of_address() -> None:
    first, second = find_names(["公交司机盖春霞开了26年车。", "她的徒弟说：“盖师傅连刹车都是软的。”"])
    assert [item.renderings[0] for item in (*first, *second)] == ["Ge Chunxia", "Master Ge"]
    assert find_names(["她的徒弟说：“盖师傅连刹车都是软的。”"]) == [[]]


@pytest.mark.parametrize(
    ("text", "name", "english"),
    [
        ("凉山州昭觉县的村民吉克阿牛种了20亩苦荞。", "吉克阿牛", "Jike Aniu"),
        ("沙马木呷是村里的第一书记，他带着大家修路。", "沙马木呷", "Shama Muga"),
        ("“路修好了，日子就好了。”阿尔木乃说。", "阿尔木乃", "A'er Munai"),
        ("布拖县火灯村村民曲比阿且今年52岁。", "曲比阿且", "Qubi Aqie"),
    ],
)
def test_yi_names_are_spelled_by_their_parts(text: str, name: str, english: str) -> None:
    assert (name, english) in [(found, forms[0]) for found, forms in people(text)]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("佘友才主持会议。", "She Youcai"),
        ("王伟才知道这件事。", "Wang Wei"),
        ("王猛梅开二度，", "Wang Meng"),
        ("苗木大王茹少军。", "Ru Shaojun"),
        ("民警巫马明来了。", "Wuma Ming"),
    ],
)
def test_a_name_ends_where_it_ends(text: str, english: str) -> None:
    assert [forms[0] for _, forms in people(text)] == [english]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("村支书高山带着大家修路。", "Gao Shan"),
        ("副局长黄山说,水质很好。", "Huang Shan"),
        ("村主任常山带着大家修路。", "Chang Shan"),
        ("店主江山今年38岁。", "Jiang Shan"),
        ("“我们赶上了好时候。”村民金山说。", "Jin Shan"),
    ],
)
def test_an_everyday_word_after_a_title_is_a_name_if_it_acts(text: str, english: str) -> None:
    assert [forms[0] for _, forms in people(text)] == [english]


def test_a_name_whose_last_character_the_tagger_gave_to_the_verb() -> None:
    assert [forms[0] for _, forms in people("98岁抗战老兵杨光荣敬了一个军礼。")] == ["Yang Guangrong"]
    assert [name for name, _ in people("主教练郎平赛后说，队员都尽力了。")] == ["郎平"]


def test_an_everyday_word_after_a_crowd_is_none() -> None:
    for text in ("游客高峰过了。", "乘客高峰来了，地铁加开列车。", "司机马路遇到一位老人。", "志愿者平时来了又走。"):
        assert people(text) == []


def test_a_dotted_name_may_begin_or_end_its_passage() -> None:
    near = "新疆温宿县的果农卖了核桃。"
    for text in ("买买提·艾力说。", "来的是买买提·艾力", "买买提·艾力"):
        assert [(item.zh, item.renderings[0]) for item in find_names([near, text])[1]] == [("买买提·艾力", "Mamat Eli")]
    for text in ("·", "·买买提", "买买提·", "新疆·"):
        assert find_names([near, text])


def test_what_follows_姓_is_a_surname_only_by_itself() -> None:
    assert people("老百姓高兴，同名同姓的人多，他姓什么？") == []
    assert people("她被叫作“晒秋大妈”。") == []
    assert [name for name, _ in people("楼上的尹奶奶和楼下的殷奶奶常被弄混。")] == ["尹奶奶", "殷奶奶"]


def test_a_tibetan_name_that_the_tagger_cut() -> None:
    assert people("称多县扎朵镇牧民才仁多杰骑着马巡护。")[0][1][0] == "Tsering Dorje"
    assert dict(people("西藏的多吉次仁和白玛拉姆合伙开店。")).keys() == {"多吉次仁", "白玛拉姆"}
    assert dict(people("村民洛桑旺堆来到西藏拉萨。"))["洛桑旺堆"][0] == "Lobsang Wangdu"
    assert people("内蒙古的牧民乌日娜捐款。")[0][1][0] == "Urna"
    assert people("新疆温宿县的果农艾尔肯·吐尔逊卖了核桃。")[0][1][0] == "Erkin Tursun"


def test_a_tibetan_name_ends_where_the_passage_ends() -> None:
    assert list(romanised_spans("牧民洛桑旺堆")) == [(2, 6)]


@pytest.mark.parametrize(
    ("text", "name", "english"),
    [
        ("村民单国平与仇水根握手言和。", "仇水根", "Qiu Shuigen"),
        ("所长时培军先后5次上门调解。", "时培军", "Shi Peijun"),
        ("果农姚金旺家的15亩枇杷熟了。", "姚金旺", "Yao Jinwang"),
        ("笪魏介绍说，按照正常流程处理。", "笪魏", "Da Wei"),
        ("延边的朝鲜族老人金京淑开了民宿。", "金京淑", "Jin Jingshu"),
        ("游客大卫·史密斯与客栈老板杨立强成了朋友。", "大卫·史密斯", "David Smith"),
        ("新疆伊宁县的大棚里，古丽巴哈尔·买买提正给3万盆仙客来浇水。", "古丽巴哈尔·买买提", "Gulibahar Mamat"),
        ("男孩的父亲姓霍，在工厂上班。", "霍", "Huo"),
        ("司机包某交代，他连续开了11个小时。", "包某", "Bao"),
        ("新疆温宿县阿里木江·哈力克的烤馕铺每天打馕1300个。", "阿里木江·哈力克", "Alimjan Halik"),
        ("裁判长完颜绍武宣布比赛开始。", "完颜绍武", "Wanyan Shaowu"),
        ("河北的留学生跟着奶奶阙金凤学包粽子。", "阙金凤", "Que Jinfeng"),
        ("队员有谌明亮、乜秀芝、仝玉梅等11人。", "谌明亮", "Chen Mingliang"),
        ("多亏禚药师。", "禚药师", "Pharmacist Zhuo"),
        ("周老太今年八十三，耳不聋眼不花。", "周老太", "Granny Zhou"),
        ("菜贩子桑宝成说。", "桑宝成", "Sang Baocheng"),
        ("茶山村的牛经纪王大权已谈妥了19头牛。", "王大权", "Wang Daquan"),
        ("村民索朗旺堆家的家庭旅馆有16张床位，在西藏。", "索朗旺堆", "Sonam Wangdu"),
        ("王阿婆的儿子在深圳打工，", "王阿婆", "Granny Wang"),
        ("他们请来省农科院的裴研究员。", "裴研究员", "Researcher Pei"),
        ("老支书渠全胜说，村里修了路。", "渠全胜", "Qu Quansheng"),
        ("歌手乜占军来到现场。", "乜占军", "Nie Zhanjun"),
        ("记者张伟说，桥修好了。", "张伟", "Zhang Wei"),
        ("区长钱伟刚说，桥修好了。", "钱伟刚", "Qian Weigang"),
        ("自由人倪非凡入选国家队。", "倪非凡", "Ni Feifan"),
        ("主播乐乐开播了。", "乐乐", "Lele"),
        ("小宇告诉记者，他喜欢画画。", "小宇", "Xiaoyu"),
        ("小雅，今年25岁，是一名护士。", "小雅", "Xiaoya"),
        ("村里的医生向爱华上门看病。", "向爱华", "Xiang Aihua"),
        ("他很高兴。和国生说，今年茶好。", "和国生", "He Guosheng"),
        ("茶农寸德兰说，今年茶好。", "寸德兰", "Cun Delan"),
    ],
)
def test_names_of_local_news(text: str, name: str, english: str) -> None:
    assert dict(people(text))[name][0] == english


@pytest.mark.parametrize(
    "text",
    [
        "萨金塔耶夫表示，哈方愿积极落实协议。",
        "美国国务院随后称，国务卿将访问欧洲。",
        "一栋6层居民楼起火，无人被困。",
        "在此后17年方建成的大桥今天通车。",
        "郑万高铁隧道全长19公里。",
        "哪个方向发展，塞军都将做出回应。",
        "小康不小康，关键看老乡。",
        "顾客买了张健身年卡。",
        "陆川猪养殖户增加了。",
        "凌云白毫茶上市。",
        "高平警方发布通报。",
        "你站在木卫一表面，体重会轻。",
        "小雪纷飞，小花开了，小春作物长势好。",
        "医生向爱心人士介绍，护士向建国学习。",
    ],
)
def test_what_only_looks_like_a_chinese_name(text: str) -> None:
    assert not [english for _, english in people(text) if english]


def test_the_article_says_how_a_foreign_name_is_spelled() -> None:
    article = (
        "财政部长基思·布朗（Keith Brown）没有出席。",
        "布朗后来说，骑师魏德礼 (Pat Eddery)也没有来。",
        "魏德礼生病了。",
    )
    names = [(name, english[0]) for name, english in people(*article)]
    assert names == [
        ("基思·布朗", "Keith Brown"),
        ("布朗", "Brown"),
        ("魏德礼", "Pat Eddery"),
        ("魏德礼", "Eddery"),
    ]


def test_a_foreigner_is_called_by_the_surname_later() -> None:
    article = ("财政部长基思·布朗没有出席。", "布朗后来说,他病了。")
    assert [(name, english[0]) for name, english in people(*article)] == [
        ("基思·布朗", "Keith Brown"),
        ("布朗", "Brown"),
    ]


def test_two_people_of_one_surname_are_called_by_it() -> None:
    article = ("卡特说，罗伊 (Conrad Roy) 的母亲罗伊 (Lynn Roy) 来了。", "罗伊哭了。")
    assert [english[0] for name, english in people(*article) if name == "罗伊"][-1] == "Roy"


def test_a_korean_name_in_brackets_stays_whole() -> None:
    assert [english[0] for _, english in people("金正恩（Kim Jong Un）来了。", "金正恩说不。")] == ["Kim Jong Un"] * 2


def test_an_abbreviation_in_brackets_is_no_name() -> None:
    assert all("ABC" not in english for _, forms in people("记者王强（ABC News）在现场。") for english in forms)


def test_a_doubled_given_name_is_one_and_the_place_somebody_is_from_is_no_surname() -> None:
    [person] = [item for item in ground(["快递小哥余星星一天要送220件包裹。"])[0] if item.kind == "person"]
    assert (person.zh, person.renderings[0]) == ("余星星", "Yu Xingxing")
    people = [
        item.renderings[0] for item in ground(["德国籍工程师托马斯·穆勒在太仓工作。"])[0] if item.kind == "person"
    ]
    assert people == ["Thomas Muller"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("徐仁和表示，研讨会很成功。", ["徐仁和"]),
        ("“很有挑战性。”莫拉说道。", ["莫拉"]),
        ("哈利和梅根在2018年5月结婚。", ["哈利", "梅根"]),
        ("他与楚家军武士同行。", []),
        ("许正宇说，基本优势不变。", ["许正宇"]),
        ("民警李伟荣获嘉奖。", ["李伟"]),
        ("选手王丽勇夺冠军。", ["王丽"]),
        ("李桂荣告诉记者，陈小勇斗败歹徒。", ["李桂荣", "陈小勇"]),
        ("黄海荣获冠军。", ["黄海"]),
        ("市人大常委会副主任何敏代为发言。", ["何敏"]),
        ("李某甘于被围猎。", ["李某"]),
        ("拟任命蒋文华为省水利厅副厅长。", ["蒋文华"]),
        ("被告人张强系江山籍。", ["张强"]),
        ("学生徐卓一以第一名的成绩考入。", ["徐卓一"]),
    ],
)
def test_where_a_name_ends(text: str, names: list[str]) -> None:
    assert [zh for zh, _ in people(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("球队与跑卫克里斯蒂安·麦卡弗里续约。", ["克里斯蒂安·麦卡弗里"]),
        ("四分卫帕特里克·马霍姆斯受伤。", ["帕特里克·马霍姆斯"]),
        ("近端锋特拉维斯·凯尔西宣布退役。", ["特拉维斯·凯尔西"]),
        ("角卫帕特里克·萨坦和次子埃里克·布朗到场。", ["帕特里克·萨坦", "埃里克·布朗"]),
        ("英国防长约翰·希利说，网红洛根·保罗因伤缺席。", ["约翰·希利", "洛根·保罗"]),
        ("比赛由迈克·迪恩执法，丽莎·库克提起诉讼。", ["迈克·迪恩", "丽莎·库克"]),
        ("里卡多·布拉索昆通电话，杰里米·萨宾法庭上说。", ["里卡多·布拉索昆", "杰里米·萨宾"]),
        ("检察长肯·帕克斯顿起诉，前副总统里加蒂·加查瓜被捕。", ["肯·帕克斯顿", "里加蒂·加查瓜"]),
        ("塔代伊·波加查夺冠，布卡约·萨卡进球。", ["塔代伊·波加查", "布卡约·萨卡"]),
        ("帕梅拉·巴里夸特罗发言，凯文·德布劳内进球。", ["帕梅拉·巴里夸特罗", "凯文·德布劳内"]),
        ("教练对比尔·盖茨说，他和约翰·布朗见面。", ["比尔·盖茨", "约翰·布朗"]),
        ("琳达·托马斯-格林菲尔德和让-伊夫·勒德里昂访问。", ["琳达·托马斯-格林菲尔德", "让-伊夫·勒德里昂"]),
        ("阿卜杜勒-阿齐兹来了。", ["阿卜杜勒-阿齐兹"]),
        ("贾斯廷·韦尔比因约翰·史密斯辞职。", ["贾斯廷·韦尔比", "约翰·史密斯"]),
        ("王储哈康·马格努斯会见埃米尔塔米姆·本·哈马德。", ["哈康·马格努斯", "塔米姆·本·哈马德"]),
        ("犹他州迈克·李和奥林·哈奇在场，康奈尔·杜兰洛当场死亡。", ["迈克·李", "奥林·哈奇", "康奈尔·杜兰洛"]),
        ("湖南日报·新湖南客户端和《沁园春·雪》。", []),
    ],
)
def test_where_a_dotted_name_begins_and_ends(text: str, names: list[str]) -> None:
    assert [zh for zh, _ in people(text)] == names


def test_a_known_name_in_pieces() -> None:
    assert people("当弗拉基米尔·普京在一座宫殿中讲话时，全场安静。")[0] == (
        "弗拉基米尔·普京",
        ("Vladimir Putin", "Putin"),
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("商务部新闻发言人高峰表示，进口增长。", "高峰"),
        ("水利部部长鄂竟平26日在主持会商时要求加强防御。", "鄂竟平"),
        ("个人所得税处负责人兰敏表示，政策很好。", "兰敏"),
        ("首席经济学家连平则表示，基数较高。", "连平"),
        ("县长普文忠说，道路通了。", "普文忠"),
        ("村民侬天明说，道路通了。", "侬天明"),
        ("副镇长保国强带队检查。", "保国强"),
    ],
)
def test_names_after_titles(text: str, name: str) -> None:
    assert name in [zh for zh, _ in people(text)]


def test_what_stands_after_a_title_may_be_a_place() -> None:
    assert people("抗议者聚集在总理官邸前。") == []


_SEOUL = (
    "韩国检方表示，案件仍在调查。",
    "警方称，嫌疑人在首尔江南区一栋公寓被捕。",
    "律师没有回应。",
    "他住在水原市。",
)


@pytest.mark.parametrize(
    ("story", "text", "name", "english"),
    [
        (_SEOUL, "前市长李政宰出席。", "李政宰", None),
        (_SEOUL, "金女士向记者介绍了情况。", "金女士", "Ms. Kim"),
        (_SEOUL, "法院判处朴某有期徒刑10年。", "朴某", "a person surnamed Park"),
        (("越南公安部部长在河内说，",), "据陈青敏介绍，会议推迟。", "陈青敏", None),
        (("越南公安部部长在河内说，",), "阮女士说，街上很热闹。", "阮女士", "Ms. Nguyen"),
        (("马来西亚政府说，吉隆坡下了大雨。",), "交通部长林冠英说，道路关闭。", "林冠英", None),
        (("全运会在广东、香港、澳门举行。",), "韦筱圆、黄彬、余依婷夺冠。", "余依婷", "Yu Yiting"),
        (("中国女排在韩国首尔比赛。",), "龚翔宇得到15分。", "龚翔宇", "Gong Xiangyu"),
        (_SEOUL, "来自河北的李女士说，街上很热闹。", "李女士", "Ms. Li"),
        ((), "曾在香港工作的李秋红回乡创业。", "李秋红", "Li Qiuhong"),
        ((), "印尼归侨黄秀英说，家里都好。", "黄秀英", "Huang Xiuying"),
        ((), "茶叶出口日本，茶农李开福高兴地说。", "李开福", "Li Kaifu"),
        ((), "英国驻华大使吴若兰出席。", "吴若兰", None),
        ((), "韩国驻华大使卢载宪出席。", "卢载宪", None),
        ((), "中国驻韩国大使戴兵说，两国关系很好。", "戴兵", "Dai Bing"),
        ((), "日本驻华大使金杉宪治出席。", "金杉宪治", "Kenji Kanasugi"),
        ((), "习近平在河内会见越共中央总书记苏林。", "习近平", "Xi Jinping"),
        ((), "赖特说，航班取消了。", "赖特", "Wright"),
        ((), "韩国外长赵兑烈、议员崔泰源到访北京。", "崔泰源", None),
    ],
)
def test_whose_spelling_a_name_has_is_told_by_its_story_and_its_office(
    story: tuple[str, ...], text: str, name: str, english: str | None
) -> None:
    found = dict(people(*story, text))
    assert (found[name][0] if found[name] else None) == english


def test_a_story_is_not_told_from_the_next() -> None:
    texts = ("安徽省宝应县下雪了。", "李政宰说，稻子熟了。", "韩国首尔发生火灾。", "韩国总统到场。")
    assert find_names(texts, stories=[2, 2])[1][0].renderings[0] == "Li Zhengzai"
    assert find_names(texts, stories=[1, 3])[1][0].renderings == ()


def test_the_household_before_a_name_is_none_of_it() -> None:
    (person,) = [item for item in ground(["脱贫户余秀芳说，收入不错。"])[0] if item.kind == "person"]
    assert (person.zh, person.renderings[0]) == ("余秀芳", "Yu Xiufang")
