"""Who speaks for a voting right 代表、监护、法人、委托: what a mandate must fulfil."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import N_, DeskError, FieldError
from domain.names import key_of


class MandateKind(StrEnum):
    """Why somebody else than the owner alone holds the pen."""

    JOINT = "joint"  # 共有人代表: one of the joint owners, named by all of them
    GUARDIAN = "guardian"  # 监护人
    COMPANY = "company"  # 法人代表或经办人
    PROXY = "proxy"  # 委托代理人, for one vote


KINDS: dict[MandateKind, str] = {
    MandateKind.JOINT: N_("for the joint owners"),
    MandateKind.GUARDIAN: N_("guardian"),
    MandateKind.COMPANY: N_("for a company"),
    MandateKind.PROXY: N_("proxy for one vote"),
}


class NoMandate(DeskError):
    """The mandate cannot be recorded."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The person who is to speak; `phone` in its stored form."""

    name: str
    phone: str | None


def check_mandate(
    kind: MandateKind,
    holder: Holder,
    *,
    owners: Sequence[str],
    company: bool,
    vote_id: int | None,
    written: bool,
    not_of_property: bool,
    property_staff: Iterable[str],
    held: Collection[str],
    right: str,
    cap: int,
) -> None:
    """Refuse a mandate that the rules do not allow.

    Args:
        owners: names of those whose right it is; none for the developer.
        company: whether one of them is a company, or the developer.
        written: the written authority, or the proof of guardianship or office, was seen.
        not_of_property: the holder declared not to work for the property company.
        property_staff: names of those who are known to do: the company's accounts.
        held: the rights that this holder has proxies of in the same vote.
        right: the right that is to be spoken for.
        cap: how many rights one holder may have proxies of in one vote.

    Raises:
        FieldError: what is missing, beside its field.
        NoMandate: the holder may not.
    """
    if not written:
        raise FieldError("written", N_("It must be in writing. Look at the paper, then tick this."))
    if not not_of_property:
        raise FieldError(
            "not_of_property",
            N_("Nobody of the property company may vote for owners. Ask, then tick this."),
        )
    if key_of(holder.name) in {key_of(name) for name in property_staff}:
        raise NoMandate(
            N_("{name} works for the property company and may not vote for owners."),
            name=holder.name,
        )
    _check_kind(kind, holder, owners, company)
    if kind is MandateKind.PROXY:
        if vote_id is None:
            raise FieldError("vote", N_("A proxy is for one vote. Choose the vote."))
        if right not in held and len(held) >= cap:
            raise NoMandate(
                N_("{name} holds {held} proxies in this vote already; the rules allow {cap}."),
                name=holder.name,
                held=len(held),
                cap=cap,
            )


def _check_kind(kind: MandateKind, holder: Holder, owners: Sequence[str], company: bool) -> None:
    if kind is MandateKind.JOINT:
        if len(owners) < 2:
            raise FieldError("kind", N_("This unit has one owner alone: nobody stands for others."))
        if key_of(holder.name) not in {key_of(name) for name in owners}:
            raise FieldError("holder_name", N_("Joint owners are represented by one of them."))
    if kind is MandateKind.COMPANY and not company:
        raise FieldError("kind", N_("No company owns this unit. Choose another kind."))
    if kind is MandateKind.GUARDIAN and company:
        raise FieldError("kind", N_("A company has no guardian. Choose another kind."))


def is_same_holder(one: Holder, other: Holder) -> bool:
    """Whether two proxies are held by one person, as far as their names and numbers tell.

    Names alone count as the same: two of one name exceed the cap rather than one person does.
    """
    if key_of(one.name) != key_of(other.name):
        return False
    return one.phone is None or other.phone is None or one.phone == other.phone
