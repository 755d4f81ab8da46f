import pytest

from summarize.grounding import ground


@pytest.mark.parametrize(
    ("text", "post", "english"),
    [
        ("市人大常委会副主任出席会议。", "副主任", "vice chairperson"),
        ("县人大常委会原副主任被查。", "副主任", "vice chairperson"),
        ("省纪委副书记讲话。", "副书记", "deputy secretary"),
        ("共青团湖北省委副书记讲话。", "副书记", "deputy secretary"),
        ("杭州市委组织部副部长介绍。", "副部长", "deputy head"),
        ("杭州市中级人民法院院长作报告。", "院长", "president"),
    ],
)
def test_a_post_is_called_by_its_body(text: str, post: str, english: str) -> None:
    [item] = [item for item in ground([text])[0] if item.zh == post]
    assert item.renderings[0] == english


def test_a_term_that_holds_the_post_stays_whole() -> None:
    items = ground(["市委组织部副部长介绍。"])[0]
    assert [item.renderings[0] for item in items if "部长" in item.zh] == ["deputy head of the Organization Department"]


@pytest.mark.parametrize(
    ("passages", "zh", "english"),
    [
        (["美国务院官员说。"], "国务院", "State Department"),
        (["美国国务院发言人说。", "国务院拒绝置评。"], "国务院", "State Department"),
        (["美国国务院发言人说。", "中国将继续对话，国务院宣布。"], "国务院", "State Council"),
        (["国务院办公厅印发通知，国务院强调。"], "国务院", "State Council"),
        (["俄罗斯国防部说。"], "国防部", "Defense Ministry"),
        (["中国国防部说。"], "国防部", "Ministry of National Defense"),
        (["美国联邦司法部起诉。"], "司法部", "Justice Department"),
        (["英国国家统计局公布数据。"], "国家统计局", "Office for National Statistics"),
        (["得克萨斯州检察长起诉。"], "检察长", "attorney general"),
        (["县检察院检察长起诉。"], "检察长", "chief procurator"),
        (["加拿大副总理弗里兰说。"], "副总理", "deputy prime minister"),
        (["副总理理查德·马尔斯说。"], "副总理", "deputy prime minister"),
        (["检察长艾尔肯·吐尼亚孜说。"], "检察长", "chief procurator"),
        (["昆士兰州州长说。"], "州长", "premier"),
        (["加利福尼亚州州长说。"], "州长", "governor"),
        (["美国国防部长说。"], "国防部长", "Secretary of Defense"),
        (["商务部就美国加征关税答记者问。"], "商务部", "Ministry of Commerce"),
    ],
)
def test_bodies_and_offices_of_the_country_before_them(passages: list[str], zh: str, english: str) -> None:
    items = [item for found in ground(passages) for item in found if item.zh == zh]
    assert items[-1].renderings[0] == english
