import pytest

from summarize.fidelity.arrival import find_item
from summarize.grounding import ground
from summarize.grounding.codes import find_codes


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("受理编号20231105的案件", "20231105", "20231105"),
        ("请拨打96110咨询", "96110", "96110"),
        ("值班电话：0514-88282110。", "0514-88282110", "0514-88282110"),
        ("拨打96110或0514-88282110", "0514-88282110", "0514-88282110"),
        ("车牌号为苏N72F18的货车", "苏N72F18", "Su N72F18"),
        ("住在3号楼502室", "3号楼", "Building 3"),
        ("桃园机场第三航厦开工", "第三航厦", "Terminal 3"),
        ("2号航站楼启用", "2号航站楼", "Terminal 2"),
        ("从T3航站楼出发", "T3航站楼", "Terminal 3"),
        ("住在3号楼502室", "502室", "Room 502"),
        ("敲响了5栋2单元的门", "5栋", "Building 5"),
        ("家住竹苑小区4栋的居民", "4栋", "Building 4"),
        ("神舟十九号航天员", "神舟十九号", "Shenzhou-19"),
        ("长征六号改运载火箭", "长征六号改", "Long March-6A"),
        ("三号楼的居民反映", "三号楼", "Building 3"),
        ("住在十二号楼502室", "十二号楼", "Building 12"),
        ("敲响了5栋2单元的门", "2单元", "Unit 2"),
        ("货车在G42高速抛锚", "G42高速", "G42 Expressway"),
        ("沿着312国道巡逻", "312国道", "National Highway 312"),
        ("杭州地铁3号线延长", "地铁3号线", "Metro Line 3"),
        ("第2号线开工", "第2号线", "Line 2"),
        ("一号线换乘", "一号线", "Line 1"),
        ("登录www.example.com/a查询", "www.example.com/a", "www.example.com/a"),
        ("发邮件给jo@example.org，或", "jo@example.org", "jo@example.org"),
        ("地址为中山路346-1号", "346-1号", "No. 346-1"),
        ("竞得12-3号地块", "12-3号", "No. 12-3"),
        ("身份证号32108419880102001X的男子", "32108419880102001X", "32108419880102001X"),
        ("女子4×400米接力", "4×400米", "4×400-meter"),
        ("他以2:05:12夺冠", "2:05:12", "2:05:12"),
        ("12345政务服务便民热线", "12345", "12345"),
        ("国道314线通车", "国道314线", "National Highway 314"),
        ("黑A牌照的轿车", "黑A", "Hei A"),
        ("歼-20战机亮相", "歼-20", "J-20"),
        ("朱雀三号火箭", "朱雀三号", "Zhuque-3"),
        ("成绩为2:08:11。", "2:08:11", "2:08:11"),
        ("热线，12345，随时可打", "12345", "12345"),
        ("试验二十八号卫星", "试验二十八号", "Shiyan-28"),
        ("陆地探测四号卫星", "陆地探测四号", "Ludi Tance-4"),
        ("神二十乘组返回", "神二十", "Shenzhou-20"),
        ("神舟二十乘组返回", "神舟二十", "Shenzhou-20"),
        ("长征五号遥十五运载火箭", "遥十五", "Y15"),
        ("朱雀三号遥一、天龙三号", "遥一", "Y1"),
        ("长征二号F运载火箭", "长征二号F", "Long March-2F"),
        ("麒麟9020芯片", "麒麟9020", "Kirin 9020"),
        ("骁龙8295，性能", "骁龙8295", "Snapdragon 8295"),
        ("波音737-800客机", "737-800", "737-800"),
        ("沿95号州际公路", "95号州际公路", "Interstate 95"),
        ("沿101号公路", "101号公路", "Highway 101"),
        ("就读于三年二班", "三年二班", "Class 2, Grade 3"),
        ("五（3）班的学生", "五（3）班", "Class 3, Grade 5"),
        ("高三十五班的学生", "高三十五班", "Class 15, Senior Grade 3"),
    ],
)
def test_codes_are_copied(text: str, zh: str, english: str) -> None:
    codes = {item.zh: item for item in find_codes(text)}
    assert codes[zh].renderings[0] == english
    assert text[codes[zh].start : codes[zh].end] == zh


@pytest.mark.parametrize(
    "text",
    [
        "来电300余次",
        "电话12345个",
        "盖了3栋楼",
        "改造了17栋200户",
        "共有3个单元",
        "共1800间教室",
        "小区17栋楼房",
        "损失20231元",
        "挖断3号线缆",
        "活动在3-5号举行",
        "试验三号田",
        "精神十分饱满",
        "三年五班车",
        "一年三班岗",
        "每三年二班",
        "麒麟9020元",
    ],
)
def test_counts_are_no_codes(text: str) -> None:
    assert find_codes(text) == []


def test_a_code_with_commas_did_not_arrive() -> None:
    [code] = [item for item in ground(["受理编号20231105的案件。"])[0] if item.zh == "20231105"]
    assert find_item(code, "Case No. 20231105 was accepted.") is not None
    assert find_item(code, "Case No. 20,231,105 was accepted.") is None
