"""Anybody's translation beside its source."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from summarize import Digest, check, render, review
from summarize.digest import Paragraph

ZH = "夜校开课\n\n柳树镇的夜校3月5日开课,第一批招了86名学员。\n最大的学员71岁。\n负责人秦秀梅说,明年再招200人。\n"
EN = [
    "Night school opens",
    "The night school of Liushu Town opened on March 5 and took 86 students. The oldest student is 71.",
    "Qin Xiumin, who is in charge, said that another 200 will be taken next year.",
    "The library, 40 kilometres away, will close from June 12 to June 19.",
]


@pytest.fixture(scope="module")
def reviewed() -> Digest:
    return review(ZH, "\n\n".join(EN), name="夜校")


def test_lines_stand_beside_their_english(reviewed: Digest) -> None:
    (section,) = reviewed.sections
    assert reviewed.source == "夜校"
    assert [paragraph.en for paragraph in section.paragraphs] == EN
    assert section.paragraphs[1].zh == "柳树镇的夜校3月5日开课,第一批招了86名学员。 最大的学员71岁。"
    for paragraph in section.paragraphs:
        assert ZH[paragraph.start : paragraph.end].replace("\n", " ") == paragraph.zh
    assert section.paragraphs[3] == Paragraph("body", len(ZH) - 1, len(ZH) - 1, "", EN[3])


def test_findings_are_in_their_paragraphs(reviewed: Digest) -> None:
    (section,) = reviewed.sections
    name, added = section.fidelity.findings
    assert (name.kind, name.paragraph, added.kind, added.item, added.paragraph) == ("altered", 2, "invented", "line", 3)
    assert section.paragraphs[2].zh[slice(*name.source or (0, 0))] == "秦秀梅"
    assert section.paragraphs[2].en[slice(*name.target or (0, 0))] == "Qin Xiumin"
    assert [finding.kind for finding in check(ZH, "\n\n".join(EN)).findings] == ["altered", "invented"]


def test_a_review_is_a_digest(reviewed: Digest) -> None:
    schema = json.loads((Path(render.__file__).parents[1] / "schemas" / "digest.json").read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(reviewed.to_dict())), schema)
    assert Digest.from_dict(reviewed.to_dict()) == reviewed


def test_a_review_in_every_format(reviewed: Digest, tmp_path: Path) -> None:
    for suffix in (".txt", ".json", ".md", ".html", ".tmx"):
        path = tmp_path / f"review{suffix}"
        render.save(reviewed, path)
        written = path.read_text("utf-8")
        assert "Qin Xiumin" in written and "摘要" not in written
        assert ("June 12" in written) == (suffix != ".tmx"), "a unit has both languages"
    assert "<h2>" not in (tmp_path / "review.html").read_text("utf-8")
    assert "##" not in (tmp_path / "review.md").read_text("utf-8")


def test_a_review_in_word(reviewed: Digest, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is needed")
    render.save(reviewed, tmp_path / "review.docx")
    document = docx.Document(str(tmp_path / "review.docx"))
    assert [row.cells[1].text for row in document.tables[0].rows] == EN
    assert [comment.text for comment in document.comments] == [f.detail for f in reviewed.sections[0].fidelity.findings]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        (
            "唐志鹏当庭表示不上诉。\n唐志鹏1988年参加工作。",
            "Tang Zhipeng told the court he would not appeal.\nTang started work in 1988.",
        ),
        (
            "杨丽华带领12人抢救。\n“再晚就危险了。”杨丽华说。",
            'Yang Lihua led a team of 12.\n"Any later would have been dangerous," she said.',
        ),
        (
            "洛川县有53万亩果园。\n今年洛川县投入3000万元。",
            "Luochuan County has 530,000 mu of orchards.\nThis year the county spent 30 million yuan.",
        ),
    ],
)
def test_a_name_need_not_be_said_again(zh: str, en: str) -> None:
    assert check(zh, en).findings == ()
    assert check(zh.split("\n")[1], en.split("\n")[1]).findings != ()
