"""What roles are called, as message ids."""

from domain.errors import N_
from domain.people import Role

ROLE_TITLES: dict[Role, str] = {
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.SECRETARY: N_("Community secretary"),
    Role.SOCIAL_WORKER: N_("Social worker"),
    Role.COMMITTEE: N_("Owners' committee"),
    Role.PROPERTY: N_("Property company"),
    Role.UNIT: N_("Branch or partner unit"),
    Role.SQUAD_LEADER: N_("Squad leader"),
    Role.VOLUNTEER: N_("Volunteer"),
    Role.VIEWER: N_("Street office"),
}
