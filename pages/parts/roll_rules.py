"""The estate's own rules for votes 议事规则: what holds, what held, and a new entry."""

import streamlit as st

from db.now import now
from db.roll.rule_entries import MOST_PROXIES, RulesEntry, RulesForm, enter_rules, rules_view
from domain.days import local_day
from domain.errors import N_
from domain.roll_rules import EstateRules
from domain.tally import Invalid, Silent
from domain.timetable import Period, in_force
from domain.vote_words import INVALID, SILENT
from pages.parts.forms import Form, Sent
from pages.parts.roll_words import strong
from pages.parts.show import plain
from pages.parts.when import day
from pages.parts.who import actor
from pages.parts.words import _, opening

PERIODS = {
    Period.NOTICE: N_("Notice before the assembly (days)"),
    Period.AGENDA: N_("Agenda before a committee's meeting (days)"),
    Period.OBJECTION: N_("Time for objections (days)"),
    Period.PUBLISH: N_("Publishing the result (days)"),
}


def show(estate_id: int) -> None:
    """What holds today and what was entered before, beside a new entry."""
    view = rules_view(actor(), local_day(now()), estate_id)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("What holds today"), anchor=False)
        if not view.now.source:
            st.caption(
                _("Nobody entered any rules: these are the law's and the house's own numbers.")
            )
        holding(view.now)
        if view.entries:
            st.subheader(_("All entries"), anchor=False)
        for entry in view.entries:
            past(entry)
    with right:
        form(estate_id, view.now, view.choices)


def holding(rules: EstateRules) -> None:
    """The rules in words."""
    told = [
        opening(_(SILENT[rules.silent])),
        opening(_(INVALID[rules.invalid])),
        _("Parking counts") if rules.count_parking else _("Parking does not count"),
        _("One person may be proxy for {n} rights in one vote", n=rules.proxy_cap),
    ]
    on = local_day(now())
    for period, words in PERIODS.items():
        number = in_force(rules.numbers, period, on)
        told.append(f"{_(words)}: {number.days} — {plain(number.source)}")
    st.markdown("\n".join(f"- {line}" for line in told))


def past(entry: RulesEntry) -> None:
    """One entry as it was made."""
    rules = entry.rules
    with st.container(border=True, gap="xsmall"):
        st.text(rules.source)
        told = [_("from {day} on", day=rules.effective.isoformat() if rules.effective else "")]
        told.append(opening(_(SILENT[rules.silent])))
        told.append(_("Parking counts") if rules.count_parking else _("Parking does not count"))
        told.append(_("proxies: {n}", n=rules.proxy_cap))
        told += [f"{_(PERIODS[one.period])}: {one.days}" for one in rules.numbers]
        if entry.lookers:
            told.append(_("may see ballots: {names}", names="、".join(entry.lookers)))
        told.append(
            _("entered by {name} on {day}", name=entry.recorded_by, day=day(entry.recorded_at))
        )
        st.caption(plain(" · ".join(told)))


def form(estate_id: int, rules: EstateRules, choices: dict[int, str]) -> None:
    """A new entry; it begins with what holds."""
    fields = Form(f"roll_rules_{estate_id}")
    numbers = {one.period: one.days for one in rules.numbers}
    with st.form(fields.key("form")):
        st.markdown(strong(_("Enter new rules")))
        st.caption(_("What was entered before stays; votes that are open keep their rules."))
        st.text_input(
            _("Source of the rules"),
            key=fields.key("source"),
            placeholder=_("Such as: rules of procedure of 2025, article 12"),
            max_chars=120,
        )
        fields.mend("source")
        st.date_input(_("In force from"), value=local_day(now()), key=fields.key("effective"))
        fields.mend("effective")
        st.selectbox(
            _("Who was served and returns nothing"),
            list(Silent),
            index=list(Silent).index(rules.silent),
            format_func=lambda one: opening(_(SILENT[one])),
            key=fields.key("silent"),
        )
        st.selectbox(
            _("Invalid ballots"),
            list(Invalid),
            index=list(Invalid).index(rules.invalid),
            format_func=lambda one: opening(_(INVALID[one])),
            key=fields.key("invalid"),
        )
        st.checkbox(_("Parking counts"), value=rules.count_parking, key=fields.key("count_parking"))
        st.number_input(
            _("Most proxies that one person may hold in one vote"),
            min_value=0,
            max_value=MOST_PROXIES,
            value=rules.proxy_cap,
            key=fields.key("proxy_cap"),
        )
        fields.mend("proxy_cap")
        left, right = st.columns(2)
        for place, (period, words) in enumerate(PERIODS.items()):
            with (left, right)[place % 2]:
                st.number_input(
                    _(words),
                    min_value=1,
                    max_value=90,
                    value=numbers.get(period),
                    placeholder=_("as the law says"),
                    key=fields.key(period.value),
                )
                fields.mend(period.value)
        st.multiselect(
            _("Who may see single ballots, besides the tellers"),
            list(choices),
            default=[one for one in rules.lookers if one in choices],
            format_func=lambda one: choices.get(one, ""),
            key=fields.key("lookers"),
            placeholder=_("Choose"),
        )
        fields.mend("lookers")
        fields.submit(_("Enter"), save, estate_id)


def save(sent: Sent, estate_id: int) -> None:
    """Keep the entry."""
    enter_rules(
        actor(),
        now(),
        estate_id,
        RulesForm(
            source=sent.text("source"),
            effective=sent.pick("effective"),
            silent=Silent(sent.pick("silent") or Silent.STRICT),
            invalid=Invalid(sent.pick("invalid") or Invalid.BOTH),
            count_parking=bool(sent.pick("count_parking")),
            proxy_cap=int(sent.pick("proxy_cap") or 0),
            lookers=tuple(int(one) for one in sent.many("lookers")),
            days=tuple(
                (period, int(number) if (number := sent.pick(period.value)) else None)
                for period in PERIODS
            ),
        ),
        once_key=sent.once,
    )
