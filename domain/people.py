"""Who is signed in and what they may do: roles, permissions, and the actor of every call."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import N_, NotAllowed


class Role(StrEnum):
    """What a person is in the community; one person may be several."""

    ADMINISTRATOR = "administrator"
    SECRETARY = "secretary"  # 社区书记
    SOCIAL_WORKER = "social_worker"  # 社工, also the errand desk
    COMMITTEE = "committee"  # 业委会委员
    PROPERTY = "property"  # 物业
    UNIT = "unit"  # contact of a branch or a partner unit (支部, 共建单位)
    SQUAD_LEADER = "squad_leader"
    VOLUNTEER = "volunteer"
    VIEWER = "viewer"  # council or street office: figures, nothing personal


class Right(StrEnum):
    """One thing that can be allowed; functions ask for rights, never for roles."""

    TAKE_IN = "take_in"  # open files: desk, meeting grid, ledger
    READ_CASES = "read_cases"  # every file of the estates in scope
    READ_OWN_TASKS = "read_own_tasks"  # the files given to one's own unit, without reporters
    HANDLE = "handle"  # move files: ask, decide, give, suspend, merge, decline, reopen
    PUBLISH = "publish"
    CLOSE = "close"
    DO_TASKS = "do_tasks"  # answer and report done what one's unit was given
    REVEAL = "reveal"  # see a reporter's whole phone number, with a reason
    FIGURES = "figures"  # see numbers without personal data
    RUN_VOTES = "run_votes"  # open polls and owners' votes, serve, key, draw, post notices
    READ_ROLL = "read_roll"  # the owners' roll with its names
    DISPATCH = "dispatch"  # requests for help, offers, rosters, hours
    SERVE = "serve"  # be offered and take tasks as a volunteer
    RUN_SERVICES = "run_services"  # the class's terms and staff, the errand desk's services
    SET_UP = "set_up"  # estates, people, calendar, backup
    AUDIT = "audit"


_OFFICE = frozenset(
    {
        Right.TAKE_IN,
        Right.READ_CASES,
        Right.HANDLE,
        Right.REVEAL,
        Right.FIGURES,
        Right.RUN_VOTES,
        Right.READ_ROLL,
        Right.DISPATCH,
    }
)

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset({Right.SET_UP, Right.AUDIT, Right.FIGURES}),
    Role.SECRETARY: _OFFICE | {Right.PUBLISH, Right.CLOSE, Right.AUDIT, Right.RUN_SERVICES},
    Role.SOCIAL_WORKER: _OFFICE | {Right.PUBLISH, Right.CLOSE},
    # The owners' committee sees its own estate's files but not who reported them.
    Role.COMMITTEE: frozenset(
        {Right.TAKE_IN, Right.READ_CASES, Right.FIGURES, Right.RUN_VOTES, Right.READ_ROLL}
    ),
    Role.PROPERTY: frozenset({Right.READ_OWN_TASKS, Right.DO_TASKS}),
    Role.UNIT: frozenset({Right.READ_OWN_TASKS, Right.DO_TASKS}),
    Role.SQUAD_LEADER: frozenset({Right.FIGURES, Right.DISPATCH, Right.SERVE}),
    Role.VOLUNTEER: frozenset({Right.SERVE}),
    Role.VIEWER: frozenset({Right.FIGURES}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a call, as the session names them.

    Args:
        account_id: row of the account; None for the system itself and for residents.
        roles: what this person is.
        unit_id: the branch, company or partner unit they speak for.
        estate_id: the only estate they may see; None means the whole community.
        kind: "account", "resident" (no account) or "system" (jobs, imports at the shell).
    """

    account_id: int | None
    name: str
    roles: frozenset[Role] = frozenset()
    unit_id: int | None = None
    estate_id: int | None = None
    kind: str = "account"

    @property
    def rights(self) -> frozenset[Right]:
        """Everything that any of the roles allows; the system may do everything."""
        if self.kind == "system":
            return frozenset(Right)
        return frozenset().union(*(RIGHTS[role] for role in self.roles))

    def may(self, right: Right) -> bool:
        """Whether this person holds `right` at all (the object is checked where it is read)."""
        return right in self.rights

    def need(self, right: Right) -> None:
        """Refuse the call unless the person holds `right`.

        Raises:
            NotAllowed: the person's roles do not give it.
        """
        if not self.may(right):
            raise NotAllowed(N_("Your role may not do this. Ask the community office."))

    def sees_estate(self, estate_id: int | None) -> bool:
        """Whether objects of that estate are in this person's scope."""
        return self.estate_id is None or estate_id == self.estate_id


SYSTEM = Actor(None, "system", kind="system")
RESIDENT = Actor(None, "resident", kind="resident")
