"""The micro-list's filter in the address, and the numbers that set it."""

from collections.abc import Sequence

import streamlit as st

from db.estates import estates
from db.micro.matters import Tally, Wanted
from db.now import now
from domain import micro_labels
from domain.days import local_day
from domain.micro_list import SERVICES, SHELVES, UNSORTED, Shelf
from pages.parts.who import actor
from pages.parts.words import _, opening

SERVICE, SHELF, ESTATE, YEAR, AFTER = "service", "shelf", "estate", "year", "after"
YEARS_BACK = 5


def asked() -> Wanted:
    """The filter that the address means; what it does not know narrows nothing."""
    params = st.query_params
    service, shelf, year = params.get(SERVICE), params.get(SHELF, ""), params.get(YEAR, "")
    return Wanted(
        service=service if service in (*SERVICES, UNSORTED) else None,
        shelf=Shelf(shelf) if shelf in frozenset(Shelf) else Shelf.FILED,
        estate_id=next((key for key, code in _codes().items() if code == params.get(ESTATE)), None),
        year=int(year) if year in _years() else None,
    )


def address(wanted: Wanted, *, estate: bool = True) -> dict[str, str]:
    """The filter as the address says it."""
    said = {
        SERVICE: wanted.service,
        SHELF: wanted.shelf.value if wanted.shelf is not Shelf.FILED else None,
        ESTATE: _codes().get(wanted.estate_id or 0) if estate else None,
        YEAR: str(wanted.year) if wanted.year else None,
    }
    return {name: value for name, value in said.items() if value}


def in_words(wanted: Wanted) -> list[str]:
    """The filter as people say it."""
    names = {row.id: row.name for row in estates(actor())}
    return [
        part
        for part in (
            _(micro_labels.SERVICE[wanted.service]) if wanted.service else None,
            _(SHELVES[wanted.shelf]),
            names.get(wanted.estate_id or 0),
            _("opened in {year}", year=wanted.year) if wanted.year else None,
        )
        if part
    ]


def bar(wanted: Wanted) -> None:
    """Estate and year."""
    names = {"": _("All")} | {row.code: row.name for row in estates(actor()) if _mine(row.id)}
    years = {"": _("All years")} | {year: year for year in _years()}
    st.session_state["micro_estate"] = _codes().get(wanted.estate_id or 0, "")
    st.session_state["micro_year"] = str(wanted.year or "")
    with st.container(horizontal=True):
        for name, label, options in (
            (ESTATE, _("Estate"), names),
            (YEAR, _("Raised in"), years),
        ):
            st.selectbox(
                label,
                list(options),
                format_func=options.__getitem__,
                key=f"micro_{name}",
                on_change=_chosen,
                args=(wanted,),
                width=200,
            )


def numbers(found: Sequence[Tally], wanted: Wanted) -> None:
    """Each category's three numbers; a click opens exactly the list that it counts."""
    with st.grid("auto", min_column_width=260, border=True):
        for tally in found:
            with st.container(gap="xsmall"):
                st.markdown(f"**{opening(_(micro_labels.SERVICE[tally.service]))}**")
                with st.container(horizontal=True, gap="small"):
                    for shelf in Shelf:
                        here = (tally.service, shelf) == (wanted.service, wanted.shelf)
                        st.button(
                            f"{_(SHELVES[shelf])} {tally.of(shelf)}",
                            key=f"micro_{tally.service}_{shelf.value}",
                            type="secondary" if here else "tertiary",
                            on_click=_open,
                            args=(wanted, tally.service, shelf),
                        )


def _open(wanted: Wanted, service: str, shelf: Shelf) -> None:
    kept = address(wanted) | {SERVICE: service, SHELF: shelf.value}
    st.query_params.from_dict(kept)


def _chosen(wanted: Wanted) -> None:
    said = {name: st.session_state[f"micro_{name}"] for name in (ESTATE, YEAR)}
    kept = address(wanted, estate=False) | said
    st.query_params.from_dict({name: value for name, value in kept.items() if value})


def _codes() -> dict[int, str]:
    return {row.id: row.code for row in estates(actor()) if _mine(row.id)}


def _mine(estate_id: int) -> bool:
    return actor().sees_estate(estate_id)


def _years() -> tuple[str, ...]:
    this = local_day(now()).year
    return tuple(str(year) for year in range(this, this - YEARS_BACK, -1))
