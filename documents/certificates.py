"""The certificate of service 志愿服务记录证明 as a Word file, with the usual wording."""

from datetime import date
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

import locales
from domain.certificates import Certificate, hours_text
from domain.errors import N_
from domain.service_hours import SOURCE
from domain.volunteers import SQUAD

FONT, HEAD_FONT = "仿宋", "黑体"
# The paper is an official one of a Chinese office, whatever the reader of the page speaks.
TITLE = N_("Certificate of volunteer service")
BODY = N_(
    "This is to certify that {name} (volunteer number {number}) has served in the volunteer "
    "squad “{squad}” of {community} since {joined}."
)
SUM = N_(
    "From {first} to {last} {name} took part in {times} services, {hours} hours in all "
    "({minutes} minutes), of which {night} hours at night between 22:00 and 06:00."
)
HOW = N_(
    "Hours run from arrival to departure, travel left out; overlapping hours count once; all "
    "were confirmed by somebody else than the volunteer."
)
HEADER = (N_("Kind of service"), N_("Times"), N_("Hours"))
SEAL = N_("(seal)")


def certificate_docx(certificate: Certificate, *, community: str) -> bytes:
    """The paper, ready to be printed and sealed."""
    say = locales.catalogue(locales.CHINESE).gettext
    values = {
        "name": certificate.name,
        "number": certificate.number,
        "squad": say(SQUAD[certificate.squad]),
        "community": community,
        "joined": _day(certificate.joined_on),
        "first": _day(certificate.first),
        "last": _day(certificate.last),
        "times": certificate.times,
        "hours": hours_text(certificate.total.minutes),
        "minutes": certificate.total.minutes,
        "night": hours_text(certificate.total.night),
    }
    paper = docx.Document()
    _page(paper)
    _line(paper, say(TITLE), size=22, font=HEAD_FONT, centred=True)
    _line(paper, "")
    for text in (BODY, SUM):
        _line(paper, say(text).format(**values), indent=True)
    table = paper.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    rows = [
        (say(SOURCE[source]), str(times), hours_text(total.minutes))
        for source, times, total in certificate.by_source
    ]
    for cell, name in zip(table.rows[0].cells, HEADER, strict=True):
        _write(cell.paragraphs[0], say(name), font=HEAD_FONT)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], text)
    _line(paper, say(HOW), size=12, indent=True)
    _line(paper, "")
    for text in (community + say(SEAL), _day(certificate.issued_on)):
        _line(paper, text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    stream = BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _page(paper: Document) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    section.top_margin = section.bottom_margin = Cm(3)


def _line(
    paper: Document,
    text: str,
    *,
    size: int = 15,
    font: str = FONT,
    centred: bool = False,
    indent: bool = False,
) -> Paragraph:
    line = paper.add_paragraph()
    line.paragraph_format.line_spacing = 1.6
    if centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        line.paragraph_format.first_line_indent = Pt(2 * size)
    _write(line, text, size=size, font=font)
    return line


def _write(line: Paragraph, text: str, *, size: int = 14, font: str = FONT) -> None:
    run = line.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    # Word takes the font of Chinese characters from another attribute.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
