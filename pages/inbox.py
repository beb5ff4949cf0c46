"""The inbox 收件箱: all files of one's scope, filtered by an address that can be passed on."""

import pyarrow as pa
import streamlit as st

from db.inbox import CaseFilter, count, inbox
from db.now import now
from db.views import CaseLine, Count, Page
from domain import labels
from domain.moves import Step
from pages.parts import flow, go
from pages.parts.case_filter import AFTER, ALL, NAMES, Choices, asked, case_filter, choices
from pages.parts.when import deadline, moment
from pages.parts.who import actor
from pages.parts.words import _, ngettext, speak

COLOURS = ("red", "orange", "green", "gray")


def chosen() -> None:
    """Put what the widgets say into the address; the list begins anew."""
    said = {name: st.session_state.get(f"inbox_{name}") for name in NAMES}
    if said["estate"] != st.query_params.get("estate", None):
        said["building"] = None  # it was another estate's
    kept = {
        name: "1" if value is True else str(value).strip() for name, value in said.items() if value
    }
    st.query_params.from_dict({name: value for name, value in kept.items() if value})


def cleared() -> None:
    """No filter at all."""
    st.query_params.clear()


def turned(after: str | None) -> None:
    """Go to another portion of the list."""
    if after:
        st.query_params[AFTER] = after
    else:
        st.query_params.pop(AFTER, None)


def filters(params: dict[str, str], known: Choices) -> None:
    """The widgets, each as the address says."""
    lists: dict[str, dict[str, str]] = {
        "estate": {code: row.name for code, row in known.estates.items()},
        "building": {name: name for name in known.buildings},
        "category": {
            slug: row.name_en if speak() == "en" else row.name_zh
            for slug, row in known.categories.items()
        },
        "unit": {code: row.name for code, row in known.units.items()},
    }
    steps = {step.value: flow.name(step) for step in Step} | {ALL: _("All")}
    for name in NAMES:
        value = params.get(name, "")
        if value not in lists.get(name, {value: ""}):
            value = ""
        shown = {"overdue": bool(value), "step": value if value in steps else None}
        st.session_state[f"inbox_{name}"] = shown.get(name, value)
    st.pills(
        _("Step"),
        list(steps),
        format_func=steps.__getitem__,
        key="inbox_step",
        on_change=chosen,
        label_visibility="collapsed",
    )
    with st.grid("auto", min_column_width=150, vertical_alignment="bottom"):
        st.text_input(
            _("Search"),
            type="search",
            placeholder=_("Words, number or place"),
            key="inbox_q",
            on_change=chosen,
            max_chars=100,
        )
        for name, label in (
            ("estate", _("Estate")),
            ("building", _("Building")),
            ("category", _("Category")),
            ("unit", _("Leading unit")),
        ):
            names = {"": _("All")} | lists[name]
            st.selectbox(
                label,
                list(names),
                format_func=names.__getitem__,
                key=f"inbox_{name}",
                on_change=chosen,
            )
        st.toggle(_("Overdue only"), key="inbox_overdue", on_change=chosen)


def table(page: Page[CaseLine]) -> None:
    """The files, fifty at a time, each with the way to it."""
    english = speak() == "en"
    due = [deadline(line.clock) if line.clock else None for line in page.lines]
    colours = {words.words: words.colour for words in due if words}
    rows = pa.table(
        {
            "open": [_("Open")] * len(page.lines),
            "title": [line.title for line in page.lines],
            "due": [[words.words] if words else [] for words in due],
            "state": [_(labels.STATE[line.state]) for line in page.lines],
            "where": [str(line.where) for line in page.lines],
            "category": [
                line.category.name("en" if english else "zh_CN") if line.category else ""
                for line in page.lines
            ],
            "unit": [line.lead_unit or "" for line in page.lines],
            "reporters": [line.reporters for line in page.lines],
            "opened": [moment(line.opened_at) for line in page.lines],
            "number": [line.number for line in page.lines],
        },
        schema=pa.schema(
            [
                ("open", pa.string()),
                ("title", pa.string()),
                ("due", pa.list_(pa.string())),
                *((name, pa.string()) for name in ("state", "where", "category", "unit")),
                ("reporters", pa.int64()),
                *((name, pa.string()) for name in ("opened", "number")),
            ]
        ),
    )
    st.session_state["inbox_codes"] = [line.code for line in page.lines]
    column = st.column_config
    st.dataframe(
        rows,
        key="inbox_table",
        hide_index=True,
        height="content",
        placeholder="",
        alt=_("Files that the filter lets through, the newest first"),
        column_config={
            "open": column.ButtonColumn(
                _("File"), key="inbox_open", on_click=opened, width=72, pinned=True
            ),
            "title": column.TextColumn(_("Title"), width=260),
            "due": column.MultiselectColumn(
                _("Deadline"), options=list(colours), color=list(colours.values()), width=170
            ),
            "state": column.TextColumn(_("State"), width=120),
            "where": column.TextColumn(_("Place"), width=180),
            "category": column.TextColumn(_("Category"), width=110),
            "unit": column.TextColumn(_("Leading unit"), width=130),
            "reporters": column.NumberColumn(_("Reporters"), width=70),
            "opened": column.TextColumn(_("Came in"), width=150),
            "number": column.TextColumn(_("Number"), width=110),
        },
    )


def opened() -> None:
    """Open the file of the clicked row."""
    click = st.session_state["inbox_open"]
    codes = st.session_state.get("inbox_codes", [])
    if click is not None and 0 <= click["row"] < len(codes):
        go.to_case(codes[click["row"]])


def turning(page: Page[CaseLine], after: str | None) -> None:
    """Back to the beginning, back by one, on to the next portion."""
    trail: list[str | None] = st.session_state.setdefault("inbox_trail", [])
    if after is None:
        trail.clear()
    elif after in trail:
        del trail[trail.index(after) :]
    with st.container(horizontal=True, horizontal_alignment="right"):
        if after:
            st.button(
                _("Newest"),
                key="inbox_first",
                icon=":material/first_page:",
                on_click=turned,
                args=(None,),
            )
        if after and trail:
            st.button(
                _("Newer"),
                key="inbox_newer",
                icon=":material/chevron_left:",
                on_click=turned,
                args=(trail[-1],),
            )
        if page.next_cursor:
            st.button(
                _("Older"),
                key="inbox_older",
                icon=":material/chevron_right:",
                icon_position="right",
                on_click=older,
                args=(after, page.next_cursor),
            )


def older(here: str | None, onward: str) -> None:
    """Remember the way back, and go on."""
    st.session_state["inbox_trail"].append(here)
    turned(onward)


def total(page: Page[CaseLine], wanted: CaseFilter, after: str | None) -> Count:
    """How many files there are; a list that is shown whole need not be counted again."""
    if after is None and not page.has_more:
        return Count(len(page.lines))
    return count(actor(), wanted, now())


st.set_page_config(layout="wide")
st.title(_("Files"), anchor=False)
params = asked()
known = choices(actor(), params)
filters(params, known)
wanted = case_filter(params, known)
after = st.query_params.get(AFTER)
page = inbox(actor(), wanted, now(), after=after)
found = total(page, wanted, after)
with st.container(horizontal=True, vertical_alignment="center"):
    exact = ngettext("{n} file", "{n} files", found.n)
    capped = _("More than {n} files", n=found.n)
    st.markdown(f"**{capped if found.more else exact}**")
    if params:
        st.button(_("Clear the filter"), key="inbox_clear", type="tertiary", on_click=cleared)
if page.lines:
    table(page)
    turning(page, after)
elif params:
    st.info(_("No file fits. Take a part of the filter away."), icon=":material/filter_alt_off:")
else:
    st.info(_("No file is open. Take in the first report."), icon=":material/lightbulb:")
    go.link("intake", _("Take in a report"), "record_voice_over")
