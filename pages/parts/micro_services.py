"""The services of the micro-list, as everybody may read them."""

import pyarrow as pa
import streamlit as st

from db.micro.services import offers
from domain import micro_labels
from domain.micro_list import Offer, OfferKind
from domain.workdays import DayBasis
from locales.times import limit_words
from pages.parts import export
from pages.parts.words import _, opening, speak


def services() -> None:
    """All of them, and as a table to take along."""
    found, language = offers(), speak()
    with st.expander(_("What we do for you"), icon=":material/room_service:"):
        header, rows = _header(), [_row(offer, language) for offer in found]
        text = st.column_config.TextColumn
        names = [f"column_{place}" for place in range(len(header))]
        export.frame(
            pa.table({name: [row[n] for row in rows] for n, name in enumerate(names)}),
            hide_index=True,
            height="content",
            key="micro_services",
            alt=_("Services with what to bring and their limits"),
            column_config={name: text(label) for name, label in zip(names, header, strict=True)},
        )


def _header() -> list[str]:
    return [
        _("Service class"),
        _("Service item"),
        _("Kind of offer"),
        _("Limit"),
        _("Bring along"),
        _("Done by whom"),
    ]


def _row(offer: Offer, language: str) -> list[str]:
    limit = offer.limit
    kinds = {OfferKind.ERRAND: _("errand"), OfferKind.MATTER: _("problem taken in")}
    return [
        opening(_(micro_labels.SERVICE[offer.service])),
        offer.name(language),
        kinds[offer.kind],
        limit_words(limit.days, limit.basis is DayBasis.WORKING) if limit else "",
        _(", ").join(offer.bring),
        offer.doer,
    ]
