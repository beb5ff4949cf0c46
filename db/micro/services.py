"""What the community does for people 服务事项: errands, neighbours' help, and what is taken in."""

from datetime import date

from sqlalchemy import select

from db.engine import read
from db.errands.services import services as errand_services
from db.settings import settings_in
from db.tables import Category
from db.tables.volunteers import SkillRow, VolunteerRow
from domain.micro_list import Offer, OfferKind, limit_of
from domain.skills import Skill, SkillKind
from domain.workdays import DayBasis


def offers() -> tuple[Offer, ...]:
    """Errands first, then the matters that are taken in, in the order of their forms; public."""
    errands = tuple(
        Offer(
            OfferKind.ERRAND,
            line.service_class.value,
            line.name,
            line.name,
            line.bring,
            limit_of(line.limit_days, DayBasis.WORKING, line.limit_days),
            line.doer,
        )
        for line in errand_services()
    )
    query = select(Category).where(Category.active).order_by(Category.position, Category.id)
    with read() as session:
        usual = settings_in(session).done_days
        return errands + tuple(
            Offer(
                OfferKind.MATTER,
                row.service_class.value,
                row.name_zh,
                row.name_en,
                limit=limit_of(row.done_days, row.basis, usual),
            )
            for row in session.scalars(query)
        )


def helping_skills(today: date) -> tuple[SkillKind, ...]:
    """What volunteers of the squads can help with: only what somebody has verified."""
    query = (
        select(SkillRow.kind, SkillRow.verified_at, SkillRow.valid_until)
        .join(VolunteerRow, VolunteerRow.id == SkillRow.volunteer_id)
        .where(VolunteerRow.left_on.is_(None))
    )
    with read() as session:
        known = {
            kind
            for kind, verified, until in session.execute(query)
            if Skill(kind, verified is not None, until).counts_on(today)
        }
    return tuple(kind for kind in SkillKind if kind in known)
