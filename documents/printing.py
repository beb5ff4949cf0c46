"""What a browser prints: one HTML file with its styles, drawn codes, and what it may load.

A sheet is `<name>.html`, which extends `sheet.html` or stands alone, with `<name>.css` and
perhaps `<name>.js` beside it.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

import locales
from documents import mark

HERE = Path(__file__).parent
SHARED = "sheet.css"


def page(name: str, language: str, **values: object) -> str:
    """The whole page of that name, in the language that is in use already."""
    return (
        _environment()
        .get_template(f"{name}.html")
        .render(
            shared=_inside(SHARED),
            css=_inside(f"{name}.css"),
            js=_inside(f"{name}.js"),
            lang="zh-CN" if language == locales.CHINESE else "en",
            mark=mark.URI,
            **values,
        )
    )


@cache
def policy(name: str, *, forms: bool = False) -> str:
    """A content-security-policy that lets this page's own styles and script work, and no other."""
    files = (SHARED, f"{name}.css") if "{% extends" in _inside(f"{name}.html") else (f"{name}.css",)
    styles = " ".join(_digest(file) for file in files)
    script = f"script-src {_digest(f'{name}.js')}; " if (HERE / f"{name}.js").is_file() else ""
    back = "'self'" if forms else "'none'"
    return (
        f"default-src 'none'; style-src {styles}; {script}img-src data:; base-uri 'none'; "
        f"form-action {back}; frame-ancestors 'none'"
    )


def qr(address: str, quiet: int = 4) -> Markup:
    """The code as SVG; a tenth of it may be torn or dirty.

    Args:
        quiet: its empty border in modules; four is the standard's, three still scans on a card.
    """
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=quiet, omitsize=True, dark="#17201b", light="#fff"
    )
    return Markup(drawn)  # noqa: S704 – drawn here


@cache
def _inside(file: str) -> Markup:
    path = HERE / file
    text = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    return Markup(text)  # noqa: S704 – our own file


def _digest(file: str) -> str:
    return f"'sha256-{b64encode(sha256(_inside(file).encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_=locales.gettext, ngettext=locales.ngettext)
    return made
