"""Word documents as articles."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from summarize import read_article
from summarize.article import parse_article, read_text
from summarize.errors import InputError, MissingPackageError
from summarize.jobs.sources import read_sources

docx = pytest.importorskip("docx", reason="python-docx is needed")

LINES = (
    "柳树镇丨旧粮仓开起夜校",
    "柳树镇的旧粮仓今年3月改成了夜校,每周二、周四晚上开课,开设书法、电工、烘焙等12门课程。",
    "“第一批招了86名学员,最大的71岁。”夜校负责人秦秀梅说。(通讯员 刘洋)",
    "白鹭港丨渔船装上定位器",
    "白鹭港的312条渔船昨天全部装上了北斗定位器。“出海心里有底了。”船老大许阿海说。",
    "居民在码头迎接返港的渔船。(摄影:沈一鸣)",
)


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def word_of(body: str) -> bytes:
    """A document whose body is given in its own mark-up."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word("@"))) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                before, _, after = part.decode().partition("<w:p>")
                part = (before + body + after.rpartition("</w:p>")[2]).encode()
            new.writestr(name, part)
    return data.getvalue()


def test_a_word_document_is_its_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "稿件.docx"
    path.write_bytes(word(*LINES))
    article = read_article(str(path))
    assert article.text == "\n".join(LINES)
    assert article.source == str(path)


def test_tables_text_boxes_and_changes_of_a_word_document() -> None:
    def paragraph(text: str) -> str:
        return f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    box = f"<w:txbxContent>{paragraph('框里的话。')}</w:txbxContent>"
    data = word_of(
        "<w:p><w:r><w:t>课程有</w:t></w:r><w:del><w:r><w:delText>11</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>12</w:t><w:tab/><w:t>门</w:t><w:br/><w:t>完。</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>移走的。</w:t></w:r></w:moveFrom></w:p>"
        f"<w:tbl><w:tr><w:tc>{paragraph('书法')}</w:tc><w:tc>{paragraph('32')}</w:tc></w:tr></w:tbl>"
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert read_text(data).split("\n") == ["课程有12\t门", "完。", "书法", "32", "", "框里的话。", ""]


def test_what_is_no_word_document() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("a.txt", "渔船返港。")
    for broken in (data.getvalue(), word("渔船返港。")[:-40], b"PK\x03\x04" + bytes(40)):
        with pytest.raises(InputError, match=r"x\.docx is no Word document"):
            read_text(broken, "x.docx")


def test_a_word_document_that_unpacks_to_too_much() -> None:
    data = io.BytesIO(word("渔船返港。"))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as file, file.open("word/media/a.bin", "w") as part:
        for _ in range(257):
            part.write(bytes(1 << 20))
    with pytest.raises(InputError, match="too large"):
        read_text(data.getvalue())


@pytest.mark.parametrize(
    ("data", "kind"), [(b"%PDF-1.7", "a PDF"), (b"\xd0\xcf\x11\xe0\xa1", "old or protected Word"), (b"{\\rtf1", "RTF")]
)
def test_documents_that_are_not_read(data: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=f"a.bin is .*{kind}.*save it as"):
        read_text(data, "a.bin")


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingPackageError, match="docx"):
        parse_article(word("渔船返港。"))


def test_documents_in_a_folder_are_inputs_of_a_job(tmp_path: Path) -> None:
    for name, data in {"a.txt": "渔船返港。".encode(), "b.docx": word(*LINES), "c.pdf": b"%PDF"}.items():
        (tmp_path / name).write_bytes(data)
    given = list(read_sources([tmp_path]))
    assert [item.id.rpartition("/")[2] for item in given] == ["a.txt", "b.docx"]
    assert parse_article(given[1].data).text == "\n".join(LINES)
