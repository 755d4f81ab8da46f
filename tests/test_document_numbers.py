"""Numbers of official documents and of court cases."""

import pytest

from summarize.fidelity.arrival import find_item
from summarize.grounding import ground
from summarize.grounding.document_numbers import find_document_numbers


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("根据粤穗府〔2024〕15号文件，项目获批。", "粤穗府〔2024〕15号文件", "Yue Sui Fu [2024] No. 15"),
        ("国发〔2013〕1号文明确了这一点。", "国发〔2013〕1号文", "Guo Fa [2013] No. 1"),
        ("《通知》（杭政办函〔2023〕47号）", "杭政办函〔2023〕47号", "Hang Zheng Ban Han [2023] No. 47"),
        ("证监许可[2023]1234号批复", "证监许可[2023]1234号", "Zheng Jian Xu Ke [2023] No. 1234"),
        ("(2024)浙01民终1234号判决书", "(2024)浙01民终1234号", "(2024) Zhe 01 Min Zhong No. 1234"),
        ("（2023）最高法民申88号裁定", "（2023）最高法民申88号", "(2023) Zui Gao Fa Min Shen No. 88"),
    ],
)
def test_the_number_of_a_document_or_case(text: str, zh: str, english: str) -> None:
    [item] = find_document_numbers(text)
    assert (item.zh, item.renderings[0]) == (zh, english)
    assert text[item.start : item.end] == zh
    assert item in ground([text])[0]


@pytest.mark.parametrize(
    "text", ["住在人民路（2024）15号", "第15号提案", "他在2024年15号楼", "文件[2023]附件", "会议（2024）"]
)
def test_other_numbers_are_none(text: str) -> None:
    assert find_document_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("《刑法》第二百三十四条第二款规定", "第二百三十四条第二款", "Article 234, paragraph 2"),
        ("依照《民法典》第一千一百六十五条，", "第一千一百六十五条", "Article 1165"),
        ("第九十一条规定，", "第九十一条", "Article 91"),
        ("依据该条例第12条第1款第3项", "第12条第1款第3项", "Article 12, paragraph 1, item 3"),
    ],
)
def test_articles_of_laws(text: str, zh: str, english: str) -> None:
    [item] = find_document_numbers(text)
    assert (item.zh, item.renderings[0]) == (zh, english)
    assert find_item(item, f"Under {english.lower()} he was fined.") is not None
    assert find_document_numbers("第一条高速公路通车，第二条也动工了。") == []
    assert find_document_numbers("《刑法》第一三百条，") == []


def test_either_order_and_a_joined_name_are_right() -> None:
    [item] = find_document_numbers("国办发〔2021〕23号")
    assert find_item(item, "The notice (Guobanfa [2021] No. 23) says so.") is not None
    assert find_item(item, "Document No. 23 [2021] of the General Office says so.") is not None
    assert find_item(item, "The document of 2021 says so.") is None
