"""Official Chinese papers 公文 as Word files: page, type faces and paragraphs as offices use them.

These papers have legal weight in China and are Chinese whatever the reader of the page speaks.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from domain.days import local_time

SONG, HEI, FANG = "宋体", "黑体", "仿宋"
BODY_SIZE, TITLE_SIZE, TABLE_SIZE = 16, 22, 12  # 三号, 二号, 小四
LINE = Pt(28)
# What XML cannot hold: control characters, lone surrogates, noncharacters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Paper:
    """One paper that is being written; `data` is the finished file."""

    def __init__(self, title: str) -> None:
        self._made: Document = docx.Document()
        self._made.core_properties.title = _ILLEGAL.sub("", title)
        self._made.core_properties.author = ""
        section = self._made.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
        section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
        self._line(title, SONG, TITLE_SIZE, bold=True, centred=True)
        self._line("", FANG, BODY_SIZE)

    def to(self, whom: str) -> None:
        """Whom it addresses: 全体业主："""
        self._line(f"{whom}：", FANG, BODY_SIZE)

    def text(self, words: str) -> None:
        """A paragraph; people's line breaks begin new ones."""
        for line in words.splitlines():
            if line.strip():
                made = self._line(line.strip(), FANG, BODY_SIZE)
                made.paragraph_format.first_line_indent = Pt(2 * BODY_SIZE)

    def heading(self, words: str) -> None:
        """一、二、三 …"""
        made = self._line(words, HEI, BODY_SIZE)
        made.paragraph_format.first_line_indent = Pt(2 * BODY_SIZE)
        made.paragraph_format.keep_with_next = True

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table with lines."""
        made = self._made.add_table(rows=0, cols=len(header), style="Table Grid")
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        for place, row in enumerate((header, *rows)):
            for cell, words in zip(made.add_row().cells, row, strict=True):
                paragraph = cell.paragraphs[0]
                _write(paragraph, words, HEI if place == 0 else FANG, TABLE_SIZE)
        self._line("", FANG, TABLE_SIZE)

    def small(self, words: str) -> None:
        """A line in small type, such as a hash."""
        self._line(words, FANG, TABLE_SIZE)

    def signed(self, *lines: str) -> None:
        """Who signs, and when, at the right."""
        self._line("", FANG, BODY_SIZE)
        for line in lines:
            made = self._line(line, FANG, BODY_SIZE)
            made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            made.paragraph_format.right_indent = Pt(2 * BODY_SIZE)

    def data(self) -> bytes:
        """The file."""
        target = BytesIO()
        self._made.save(target)
        return target.getvalue()

    def _line(
        self, words: str, font: str, size: int, *, bold: bool = False, centred: bool = False
    ) -> Paragraph:
        made = self._made.add_paragraph()
        made.paragraph_format.line_spacing = LINE if size >= BODY_SIZE else None
        made.paragraph_format.space_after = Pt(0)
        if centred:
            made.alignment = WD_ALIGN_PARAGRAPH.CENTER
            made.paragraph_format.line_spacing = Pt(36)
        _write(made, words, font, size, bold=bold)
        return made


def _write(paragraph: Paragraph, words: str, font: str, size: int, *, bold: bool = False) -> None:
    run = paragraph.add_run(_ILLEGAL.sub("", words))
    run.font.name = font
    run.font.size = Pt(size)
    run.font.bold = bold
    # Without it Word sets Chinese letters in its own default.
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def day(on: date) -> str:
    """2026年7月16日"""
    return f"{on.year}年{on.month}月{on.day}日"


def moment(at: datetime) -> str:
    """2026年7月16日18时00分, on the community's clock."""
    local = local_time(at)
    return f"{day(local.date())}{local:%H}时{local:%M}分"


def ordinal(number: int) -> str:
    """一 to 九十九, as headings count."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    front = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return front + (digits[ones] if ones or not tens else "")
