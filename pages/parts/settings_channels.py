"""Notification channels: groups, persons, the mail server, and the log of what was sent."""

from collections.abc import Callable

import streamlit as st

import locales
from db.now import now
from db.outbox import channels
from db.outbox.channels import ChannelView
from domain.outbox import TOPIC_TITLES, Topic
from pages.parts import settings_addresses, settings_sending
from pages.parts.forms import Form, Sent
from pages.parts.quiet_fields import quiet_fields, times_of
from pages.parts.settings_pick import pick
from pages.parts.who import actor
from pages.parts.words import _

LANGUAGE_NAMES = {locales.CHINESE: "中文", locales.ENGLISH: "English"}
EXAMPLES = "wecombot://{key}\ndingtalk://{token}\njsons://example.com/hook"


def show() -> None:
    """One part at a time."""
    parts: dict[str, tuple[str, Callable[[], None]]] = {
        "groups": (_("Groups"), groups),
        "people": (_("Persons"), settings_addresses.show),
        "mail": (_("Mail server"), mail_server),
        "log": (_("Log"), settings_sending.show),
    }
    chosen = st.segmented_control(
        _("Notification channels"),
        list(parts),
        default="groups",
        required=True,
        format_func=lambda name: parts[name][0],
        key="channels_part",
        label_visibility="collapsed",
    )
    parts[str(chosen)][1]()


def groups() -> None:
    """All channels of the community, and the form for one."""
    rows = {row.id: row for row in channels.channels(actor())}
    names = {key: f"{row.name} ({row.service})" for key, row in rows.items()}
    if not rows:
        st.info(
            _(
                "No group is set yet. Until then, texts for groups wait under “Calls to make”, "
                "to be pasted into WeChat by hand."
            ),
            icon=":material/forum:",
        )
    chosen = pick(_("Group"), _("A new group"), names, "settings_channel")
    channel = rows.get(chosen) if chosen is not None else None
    channel_form(channel)
    if channel is not None and channel.active:
        Form(f"settings_channel_test_{channel.id}").button(
            _("Send a test message"), test, channel.id, main=False, icon=":material/send:"
        )
        st.caption(_("It leaves within half a minute; the log says what came of it."))


def channel_form(channel: ChannelView | None) -> None:
    """Name, address, what goes there and when."""
    form = Form(f"settings_channel_{channel.id if channel else 'new'}")
    with st.form(f"{form.name}_form"):
        st.text_input(
            _("Name of the group"),
            value=channel.name if channel else "",
            key=form.key("name"),
            max_chars=60,
            placeholder=_("Such as: duty group on WeCom"),
        )
        form.mend("name")
        st.text_input(
            _("Address of its robot"),
            key=form.key("address"),
            type="password",
            placeholder=_("Kept as it is, unless you write a new one") if channel else "",
            help=_("As Apprise writes it. It is a secret: it is never shown again."),
        )
        form.mend("address")
        st.code(EXAMPLES, language=None)
        st.pills(
            _("What goes there"),
            list(Topic),
            selection_mode="multi",
            default=list(channel.topics) if channel else [Topic.DEADLINES],
            format_func=lambda topic: _(TOPIC_TITLES[topic]),
            key=form.key("topics"),
        )
        language_field(form, channel.language if channel else locales.CHINESE)
        quiet_fields(
            form, (channel.quiet_from, channel.quiet_to) if channel else ("22:00", "07:00")
        )
        if channel:
            st.toggle(_("In use"), value=channel.active, key=form.key("active"))
        form.submit(
            _("Save") if channel else _("Add the group"), save, channel.id if channel else None
        )


def language_field(form: Form, spoken: str) -> None:
    """The language of the messages."""
    st.segmented_control(
        _("Language of the messages"),
        list(LANGUAGE_NAMES),
        default=spoken,
        required=True,
        format_func=LANGUAGE_NAMES.__getitem__,
        key=form.key("language"),
    )


def save(sent: Sent, channel_id: int | None) -> None:
    """Add it or change it."""
    quiet_from, quiet_to = times_of(sent)
    topics = [Topic(topic) for topic in sent.many("topics")]
    if channel_id is None:
        channels.add_channel(
            actor(),
            now(),
            name=sent.text("name"),
            address=sent.text("address"),
            topics=topics,
            language=sent.text("language"),
            quiet_from=quiet_from,
            quiet_to=quiet_to,
            once_key=sent.once,
        )
        return
    channels.change_channel(
        actor(),
        now(),
        channel_id,
        name=sent.text("name"),
        address=sent.text("address"),
        topics=topics,
        language=sent.text("language"),
        quiet_from=quiet_from,
        quiet_to=quiet_to,
        active=bool(sent.pick("active")),
    )


def test(sent: Sent, channel_id: int) -> None:
    """Post a test message."""
    channels.try_channel(actor(), now(), channel_id, sent.once)


def mail_server() -> None:
    """The server that sends people's e-mail."""
    known = channels.mail_server_set(actor())
    if known:
        st.success(_("E-mail is sent by the server that is set."), icon=":material/mail:")
    form = Form("settings_mail_server")
    with st.form("settings_mail_server_form"):
        st.text_input(
            _("Address of the mail server"),
            key=form.key("address"),
            type="password",
            placeholder=_("Kept as it is, unless you write a new one") if known else "",
            help=_("It is a secret: it is never shown again."),
        )
        form.mend("address")
        st.code("mailtos://{name}:{password}@mail.example.com", language=None)
        form.submit(_("Save"), save_mail_server)


def save_mail_server(sent: Sent) -> None:
    """Keep it."""
    channels.set_mail_server(actor(), now(), sent.text("address"))
