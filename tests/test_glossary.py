from pathlib import Path

import pytest

from summarize.errors import GlossaryError, SummarizeError
from summarize.grounding import ground
from summarize.grounding.glossary import Glossary, load_glossary

TBX_2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body>
<termEntry id="1">
  <langSet xml:lang="zh-CN"><tig><term>警企服务站</term></tig></langSet>
  <langSet xml:lang="en-US">
    <ntig><termGrp><term>old &amp; gone</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>
    </termGrp></ntig>
    <tig><term>police-enterprise desk</term></tig>
    <tig><term>police-business station</term>
      <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
  </langSet>
  <langSet xml:lang="fr"><tig><term>poste de police</term></tig></langSet>
</termEntry>
</body></text></martif>"""
TBX_3 = """<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c1">
  <langSec xml:lang="zh"><termSec><term>专班</term></termSec><termSec><term>工作专班</term></termSec></langSec>
  <langSec xml:lang="en"><termSec><term>special team</term></termSec></langSec>
</conceptEntry>
</body></text></tbx>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE martif [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<martif><text><body><termEntry><langSet xml:lang="zh"><tig><term>&b;</term></tig></langSet></termEntry></body></text>
</martif>"""


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_built_in_list_is_large_and_sound() -> None:
    entries = load_glossary().entries
    assert sum(bool(renderings) for renderings in entries.values()) >= 500
    assert entries["派出所"][0] == "police station"
    assert entries["一带一路"][0] == "Belt and Road"
    for zh, renderings in entries.items():
        assert len(zh) >= 2
        assert len({rendering.casefold() for rendering in renderings}) == len(renderings), zh


def test_rows_of_one_term_are_variants(tmp_path: Path) -> None:
    path = write(tmp_path, "g.tsv", "平安\u200b积分\tsafety points\t\n平安积分\tpeace credits\n")
    assert load_glossary([path]).entries["平安积分"] == ("safety points", "peace credits")


def test_byte_order_mark_header_and_variants(tmp_path: Path) -> None:
    path = write(tmp_path, "g.tsv", "zh\ten\tvariants\r\n派出所\tpolice post\tpolice outpost|station\r\n", "utf-8-sig")
    entries = load_glossary([path]).entries
    assert entries["派出所"] == ("police post", "police outpost", "station")
    assert "zh" not in entries


def test_header_may_order_the_columns(tmp_path: Path) -> None:
    path = write(tmp_path, "g.csv", 'en,note,zh\n"leadership, team",x,专班\n')
    assert load_glossary([path]).entries["专班"] == ("leadership, team",)


@pytest.mark.parametrize(
    "header", ["chinese\tenglish", "中文\t英文", "原文\t译文\t其他译法", "ZH-CN\tEN-US", "Source\tTarget"]
)
def test_a_header_may_have_other_names(tmp_path: Path, header: str) -> None:
    entries = load_glossary([write(tmp_path, "g.tsv", f"{header}\n外滩\tthe Shore\n")]).entries
    assert entries["外滩"] == ("the Shore",) and header.split("\t")[0] not in entries


def test_a_term_that_is_the_name_of_a_column(tmp_path: Path) -> None:
    entries = load_glossary([write(tmp_path, "g.tsv", "中文\tChinese\n英文\tEnglish\n")]).entries
    assert (entries["中文"], entries["英文"]) == (("Chinese",), ("English",))


def test_tsv_keeps_quotation_marks(tmp_path: Path) -> None:
    path = write(tmp_path, "g.tsv", '"红黄蓝"先锋队\t"Red, Yellow, Blue" team\n')
    assert load_glossary([path]).entries['"红黄蓝"先锋队'] == ('"Red, Yellow, Blue" team',)


def test_later_sources_override_earlier(tmp_path: Path) -> None:
    first = write(tmp_path, "a.tsv", "派出所\tone\n网格\tmesh\n")
    second = write(tmp_path, "b.csv", "派出所,two\n")
    entries = load_glossary([first, second, {"网格": "lattice"}]).entries
    assert entries["派出所"] == ("two",)
    assert entries["网格"] == ("lattice",)
    assert entries["辅警"][0] == "auxiliary police officer"


def test_a_single_path_or_mapping_is_a_source(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tsv", "派出所\tone\n")
    assert load_glossary(str(path)).entries["派出所"] == ("one",)
    assert load_glossary({"派出所": "three"}).entries["派出所"] == ("three",)


def test_tbx_of_both_standards(tmp_path: Path) -> None:
    second = write(tmp_path, "v2.tbx", TBX_2)
    third = write(tmp_path, "v3.xml", TBX_3)
    entries = load_glossary([second, third]).entries
    assert entries["警企服务站"] == ("police-business station", "police-enterprise desk")
    assert entries["专班"] == entries["工作专班"] == ("special team",)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("g.tsv", "派出所 police station\n", "line 1"),
        ("g.tsv", "派出所\tone\n\n\ttwo\n", "line 3"),
        ("g.csv", "police station,派出所\n", "line 1"),
        ("g.csv", '派出所,"open\n', "line 1"),
        ("g.tsv", "zh\ten\n", "no Chinese term"),
        ("g.docx", "派出所\tone\n", "not .tsv"),
        ("g.tbx", "<martif><text>", "line 1"),
        ("g.tbx", BOMB, "entities"),
    ],
)
def test_errors_name_the_file_and_what_is_wrong(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(GlossaryError, match=message) as raised:
        load_glossary([path])
    assert str(path) in str(raised.value)
    assert raised.value.exit_code == 10
    assert isinstance(raised.value, SummarizeError)


def test_missing_and_undecodable_files(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="does not exist"):
        load_glossary([tmp_path / "none.tsv"])
    with pytest.raises(GlossaryError, match="not UTF-8"):
        load_glossary([write(tmp_path, "g.tsv", "派出所\tone\n", "gb18030")])


def test_english_with_a_comma_needs_quotation_marks(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="line 1: more than the columns"):
        load_glossary([write(tmp_path, "g.csv", "夜访队,Evening, Visit, Team\n")])
    assert load_glossary([write(tmp_path, "g.csv", '夜访队,"Evening, Visit"\n')]).entries["夜访队"] == (
        "Evening, Visit",
    )


def test_a_glossary_leaves_the_rest_of_traditional_text_as_it_is() -> None:
    text = "寶應縣人民檢察院舉行活動，90後青年也來了。"
    own = load_glossary({"甲乙丙": "ABC"})
    assert ground([text], own) == ground([text])
    assert {item.zh for item in ground([text])[0]} == {"寶應縣人民檢察院", "90後"}


def test_longest_term_at_a_position() -> None:
    glossary = Glossary({"党": ("Party",), "党建": ("Party building",), "党建立": ()})
    assert glossary.longest_at("党建引领", 0) == "党建"
    assert glossary.longest_at("建党建立", 1) == "党建立"
    assert glossary.longest_at("党建", 1) is None
