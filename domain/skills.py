"""What volunteers can do 技能: kinds, which are close to which, and when a proof counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import N_


class SkillKind(StrEnum):
    """One kind of skill; a request asks for one of these."""

    EMERGENCY = "emergency"  # 急诊
    INTERNAL = "internal"  # 内科
    SURGERY = "surgery"  # 外科
    PAEDIATRICS = "paediatrics"  # 儿科
    ORTHOPAEDICS = "orthopaedics"  # 骨科
    DENTISTRY = "dentistry"  # 口腔
    TCM = "tcm"  # 中医
    OPHTHALMOLOGY = "ophthalmology"  # 眼科
    OBSTETRICS = "obstetrics"  # 妇产
    REHABILITATION = "rehabilitation"  # 康复
    PHARMACY = "pharmacy"  # 药学
    NURSING = "nursing"  # 护理
    FIRST_AID = "first_aid"  # 急救员
    COUNSELLING = "counselling"  # 心理疏导
    POLICE = "police"  # 民警、退役军人
    PATROL = "patrol"  # 巡逻
    FIRE = "fire"  # 消防
    ELECTRICITY = "electricity"  # 电工
    PLUMBING = "plumbing"  # 水暖
    LIFTING = "lifting"  # 搬抬
    DRIVING = "driving"  # 驾驶
    LEGAL = "legal"  # 法律
    MEDIATION = "mediation"  # 调解
    TEACHING = "teaching"  # 辅导功课
    CHILDCARE = "childcare"  # 照看孩子
    COMPUTER = "computer"  # 电脑手机
    HAIRCUT = "haircut"  # 理发


SKILL: Mapping[SkillKind, str] = {
    SkillKind.EMERGENCY: N_("emergency medicine"),
    SkillKind.INTERNAL: N_("internal medicine"),
    SkillKind.SURGERY: N_("surgery"),
    SkillKind.PAEDIATRICS: N_("paediatrics"),
    SkillKind.ORTHOPAEDICS: N_("orthopaedics"),
    SkillKind.DENTISTRY: N_("dentistry"),
    SkillKind.TCM: N_("Chinese medicine"),
    SkillKind.OPHTHALMOLOGY: N_("eye care"),
    SkillKind.OBSTETRICS: N_("obstetrics"),
    SkillKind.REHABILITATION: N_("rehabilitation"),
    SkillKind.PHARMACY: N_("pharmacy"),
    SkillKind.NURSING: N_("nursing"),
    SkillKind.FIRST_AID: N_("first aid"),
    SkillKind.COUNSELLING: N_("counselling"),
    SkillKind.POLICE: N_("police"),
    SkillKind.PATROL: N_("patrolling"),
    SkillKind.FIRE: N_("fire safety"),
    SkillKind.ELECTRICITY: N_("electrical work"),
    SkillKind.PLUMBING: N_("plumbing"),
    SkillKind.LIFTING: N_("lifting and carrying"),
    SkillKind.DRIVING: N_("driving"),
    SkillKind.LEGAL: N_("legal advice"),
    SkillKind.MEDIATION: N_("mediation"),
    SkillKind.TEACHING: N_("help with homework"),
    SkillKind.CHILDCARE: N_("looking after children"),
    SkillKind.COMPUTER: N_("computers and phones"),
    SkillKind.HAIRCUT: N_("haircuts"),
}

MEDICAL = frozenset(list(SkillKind)[: list(SkillKind).index(SkillKind.FIRST_AID)])

# Who can stand in when the exact skill is not free: asked for → close enough. Not mutual: an
# emergency doctor looks after a child with fever, a dentist does not.
RELATED: Mapping[SkillKind, frozenset[SkillKind]] = {
    SkillKind.EMERGENCY: frozenset(
        {SkillKind.INTERNAL, SkillKind.SURGERY, SkillKind.PAEDIATRICS, SkillKind.NURSING}
    ),
    SkillKind.INTERNAL: frozenset({SkillKind.EMERGENCY, SkillKind.TCM, SkillKind.NURSING}),
    SkillKind.SURGERY: frozenset({SkillKind.EMERGENCY, SkillKind.ORTHOPAEDICS}),
    SkillKind.PAEDIATRICS: frozenset({SkillKind.EMERGENCY, SkillKind.INTERNAL, SkillKind.NURSING}),
    SkillKind.ORTHOPAEDICS: frozenset(
        {SkillKind.SURGERY, SkillKind.EMERGENCY, SkillKind.REHABILITATION}
    ),
    SkillKind.TCM: frozenset({SkillKind.INTERNAL, SkillKind.REHABILITATION}),
    SkillKind.REHABILITATION: frozenset({SkillKind.ORTHOPAEDICS, SkillKind.TCM, SkillKind.NURSING}),
    SkillKind.OBSTETRICS: frozenset({SkillKind.EMERGENCY, SkillKind.NURSING}),
    SkillKind.PHARMACY: frozenset({SkillKind.INTERNAL, SkillKind.NURSING}),
    SkillKind.NURSING: frozenset({SkillKind.EMERGENCY, SkillKind.INTERNAL, SkillKind.PAEDIATRICS}),
    SkillKind.FIRST_AID: frozenset({SkillKind.EMERGENCY, SkillKind.NURSING}),
    SkillKind.PATROL: frozenset({SkillKind.POLICE, SkillKind.FIRE}),
    SkillKind.POLICE: frozenset({SkillKind.PATROL}),
    SkillKind.LEGAL: frozenset({SkillKind.MEDIATION}),
    SkillKind.MEDIATION: frozenset({SkillKind.LEGAL, SkillKind.COUNSELLING}),
    SkillKind.COUNSELLING: frozenset({SkillKind.MEDIATION}),
    SkillKind.CHILDCARE: frozenset({SkillKind.TEACHING}),
    SkillKind.TEACHING: frozenset({SkillKind.CHILDCARE}),
}


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill of one volunteer.

    Args:
        valid_until: the last day on which its proof counts; None: it does not run out.
        verified: whether a leader or the office has seen the proof.
    """

    kind: SkillKind
    verified: bool
    valid_until: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether it may be relied on that day: verified and not run out."""
        return self.verified and (self.valid_until is None or day <= self.valid_until)


def is_related(asked: SkillKind, has: SkillKind) -> bool:
    """Whether `has` stands in for `asked` (the same skill is exact, not related)."""
    return has in RELATED.get(asked, frozenset())
