"""What the desk offers: a list for everybody at the desk, and the secretary's form."""

import pyarrow as pa
import streamlit as st

from db.errands import services
from db.errands.services import ServiceLine, ServiceWords
from db.now import now
from db.tables import ServiceClass
from domain.errands import LONGEST_LIMIT
from domain.labels import SERVICE
from domain.people import Right
from locales.times import limit_words
from pages.parts import export
from pages.parts.forms import Form, Sent
from pages.parts.show import plain
from pages.parts.who import actor
from pages.parts.words import _, opening, speak


def show() -> None:
    """The list; the secretary opens a service by choosing its row."""
    speak()
    runs = actor().may(Right.RUN_SERVICES)
    lines = services.services(also_ended=runs)
    if lines:
        picked = table(lines, choose=runs)
        if picked is not None:
            st.subheader(plain(picked.name), anchor=False)
            fields(Form(f"errand_service_{picked.code}"), picked)
    else:
        st.info(
            _("The desk offers nothing yet. The secretary adds the first service."),
            icon=":material/list_alt:",
        )
    if runs:
        with st.expander(_("Add a service"), icon=":material/add:", expanded=not lines):
            fields(Form("errand_service"), None)


def table(lines: tuple[ServiceLine, ...], *, choose: bool) -> ServiceLine | None:
    """Every service, and the one that was chosen."""
    export.frame(
        pa.table(
            {
                "name": [
                    line.name if line.active else _("{name} (ended)", name=line.name)
                    for line in lines
                ],
                "class": [opening(_(SERVICE[line.service_class])) for line in lines],
                "bring": [_(", ").join(line.bring) for line in lines],
                "limit": [limit(line) for line in lines],
                "doer": [line.doer for line in lines],
            }
        ),
        hide_index=True,
        height="content",
        key="errand_services",
        on_select="rerun" if choose else "ignore",
        selection_mode="single-row",
        alt=_("The services of the errand desk"),
        column_config={
            "name": st.column_config.TextColumn(_("Errand service"), width=160),
            "class": st.column_config.TextColumn(_("Category"), width=150),
            "bring": st.column_config.TextColumn(_("What to bring"), width=200),
            "limit": st.column_config.TextColumn(_("Limit"), width=150),
            "doer": st.column_config.TextColumn(_("Who does it"), width=140),
        },
    )
    if not choose:
        return None
    st.caption(_("Choose a row to change it."))
    rows = st.session_state["errand_services"].selection.rows
    return lines[rows[0]] if rows and rows[0] < len(lines) else None


def limit(line: ServiceLine) -> str:
    """Until when it is done, counted from the day of the call."""
    return limit_words(line.limit_days, True) if line.limit_days else _("the same day")


def fields(form: Form, line: ServiceLine | None) -> None:
    """The form of a service."""
    with st.form(form.key("form"), border=line is not None):
        st.text_input(
            _("Name of the service"),
            line.name if line else "",
            key=form.key("name"),
            max_chars=60,
            placeholder=_("Such as: pick up medicine"),
        )
        form.mend("name")
        kinds = list(ServiceClass)
        st.segmented_control(
            _("Category"),
            kinds,
            default=line.service_class if line else kinds[0],
            required=True,
            format_func=lambda kind: opening(_(SERVICE[kind])),
            key=form.key("class"),
        )
        st.text_area(
            _("What to bring, one paper a line"),
            "\n".join(line.bring) if line else "",
            key=form.key("bring"),
            height=100,
        )
        form.mend("bring")
        with st.container(horizontal=True, gap="medium"):
            st.number_input(
                _("Limit in working days"),
                0,
                LONGEST_LIMIT,
                line.limit_days if line else 3,
                key=form.key("limit"),
            )
            st.text_input(
                _("Who does it"), line.doer if line else "", key=form.key("doer"), max_chars=60
            )
        form.mend("limit", "doer")
        if line:
            st.checkbox(_("The desk offers it"), line.active, key=form.key("active"))
            form.submit(_("Save"), change, line.code)
        else:
            form.submit(_("Add the service"), add)


def words(sent: Sent) -> ServiceWords:
    """The form as the function takes it."""
    return ServiceWords(
        sent.text("name"),
        ServiceClass(sent.pick("class")),
        sent.text("bring"),
        int(sent.pick("limit") or 0),
        sent.text("doer"),
    )


def add(sent: Sent) -> None:
    """Offer it."""
    services.add_service(actor(), now(), words(sent), sent.once)


def change(sent: Sent, code: str) -> None:
    """Keep the change."""
    services.change_service(actor(), now(), code, words(sent), active=bool(sent.pick("active")))
