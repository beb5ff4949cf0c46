"""A squad's list in Excel 志愿者名册: what each row must hold, whatever order its columns have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import N_, DeskError
from domain.names import LONGEST_NAME, clean_line
from domain.sheet_rows import (
    HEADER_WITHIN,
    BadRow,
    RefusedRow,
    Rows,
    cell_text,
    column_places,
    filled,
    first_that_names,
    fitting,
    phone_in,
    plain_name,
    spellings,
)
from domain.skills import SkillKind
from domain.volunteers import Consent, Squad

LONGEST_CELL = 200


class VolunteerColumn(StrEnum):
    """The columns that are understood; others are left alone."""

    NAME = "姓名"
    SQUAD = "队伍"
    PHONE = "电话"
    ESTATE = "小区"
    BUILDING = "楼栋"
    SKILLS = "技能"
    CAN = "能做"
    CANNOT = "不能做"
    INSURED = "保险到期"
    CALLS = "同意电话派单"
    ON_CARD = "同意上联系卡"


_SPELLINGS = spellings(
    {
        VolunteerColumn.NAME: "姓名 志愿者 志愿者姓名 name",
        VolunteerColumn.SQUAD: "队伍 小队 所属队伍 squad",
        VolunteerColumn.PHONE: "电话 手机 手机号 手机号码 联系电话 phone",
        VolunteerColumn.ESTATE: "小区 所属小区 estate",
        VolunteerColumn.BUILDING: "楼栋 楼号 栋号 building",
        VolunteerColumn.SKILLS: "技能 专长 特长 专科 skills",
        VolunteerColumn.CAN: "能做 可以做 服务内容 can",
        VolunteerColumn.CANNOT: "不能做 不做 cannot",
        VolunteerColumn.INSURED: "保险到期 保险有效期 insured",
        VolunteerColumn.CALLS: "同意电话派单 同意电话联系 calls",
        VolunteerColumn.ON_CARD: "同意上联系卡 同意上卡 card",
    }
)
_SQUADS = spellings(
    {
        Squad.HARMONY: "邻里和谐 邻里和谐队 和谐 和谐队 harmony",
        Squad.SAFETY: "安全护卫 安全护卫队 护卫 安全 安全队 safety",
        Squad.HEALTH: "健康服务 健康服务队 健康 健康队 health",
    }
)
# How people write the kinds; a sheet that was exported in English has the slugs.
_SKILLS = {kind.value: kind for kind in SkillKind} | dict(
    spellings(
        {
            SkillKind.EMERGENCY: "急诊 急诊科",
            SkillKind.INTERNAL: "内科 全科 全科医学",
            SkillKind.SURGERY: "外科",
            SkillKind.PAEDIATRICS: "儿科",
            SkillKind.ORTHOPAEDICS: "骨科",
            SkillKind.DENTISTRY: "口腔 口腔科 牙科",
            SkillKind.TCM: "中医 中医科",
            SkillKind.OPHTHALMOLOGY: "眼科",
            SkillKind.OBSTETRICS: "妇产 妇产科 妇科",
            SkillKind.REHABILITATION: "康复 康复科 理疗",
            SkillKind.PHARMACY: "药学 药师 药剂",
            SkillKind.NURSING: "护理 护士",
            SkillKind.FIRST_AID: "急救 急救员 红十字救护员",
            SkillKind.COUNSELLING: "心理 心理疏导 心理咨询",
            SkillKind.POLICE: "民警 警察 公安",
            SkillKind.PATROL: "巡逻",
            SkillKind.FIRE: "消防 消防安全",
            SkillKind.ELECTRICITY: "电工",
            SkillKind.PLUMBING: "水暖 水电 水工",
            SkillKind.LIFTING: "搬抬 搬运",
            SkillKind.DRIVING: "驾驶 司机",
            SkillKind.LEGAL: "法律 律师 法律咨询",
            SkillKind.MEDIATION: "调解",
            SkillKind.TEACHING: "辅导 辅导功课 教师",
            SkillKind.CHILDCARE: "照看孩子 托管",
            SkillKind.COMPUTER: "电脑 手机 电脑手机",
            SkillKind.HAIRCUT: "理发",
        }
    )
)
_YES = frozenset({"是", "同意", "√", "✓", "y", "yes", "1"})
_NO = frozenset({"", "否", "不同意", "×", "n", "no", "0"})


@dataclass(frozen=True, slots=True)
class VolunteerRow:
    """One person of a squad, by the sheet's own row number.

    Args:
        phone: in its stored form; dropped where its use was not agreed to.
        skills: not verified by being in a sheet.
    """

    line: int
    name: str
    squad: Squad
    phone: str | None
    estate: str
    building: str
    skills: tuple[SkillKind, ...]
    can_do: str
    cannot_do: str
    insured_until: date | None
    consents: frozenset[Consent]


@dataclass(frozen=True, slots=True)
class VolunteerList:
    """A whole sheet, read."""

    rows: tuple[VolunteerRow, ...]
    refused: tuple[RefusedRow, ...]


class VolunteerHeaderMissing(DeskError):
    """No row names the columns, so that nothing can be read."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The column names were not found in the first {rows} rows. One row must name "
                "{name} and {squad}."
            ),
            rows=HEADER_WITHIN,
            name=VolunteerColumn.NAME.value,
            squad=VolunteerColumn.SQUAD.value,
        )


def read_volunteers(header: Sequence[object], rows: Rows) -> VolunteerList:
    """Read a sheet's rows, given as line number and cells, below its first filled row.

    Raises:
        VolunteerHeaderMissing: neither `header` nor one of the next rows names the columns.
    """
    remaining = iter(rows)
    places = first_that_names(header, remaining, _header)
    if places is None:
        raise VolunteerHeaderMissing
    taken: list[VolunteerRow] = []
    refused: list[RefusedRow] = []
    for line, values in remaining:
        cells = {
            column: clean_line(cell_text(values[place])) if place < len(values) else ""
            for column, place in places.items()
        }
        if not any(cells.values()):
            continue
        try:
            taken.append(_read_row(line, cells))
        except BadRow as bad:
            refused.append(RefusedRow(line, bad.template, bad.params))
    return VolunteerList(tuple(taken), tuple(refused))


def _header(values: Sequence[object]) -> Mapping[VolunteerColumn, int] | None:
    return column_places(
        values,
        lambda name: _SPELLINGS.get(plain_name(name)),
        lambda found: VolunteerColumn.NAME in found and VolunteerColumn.SQUAD in found,
    )


def _read_row(line: int, cells: Mapping[VolunteerColumn, str]) -> VolunteerRow:
    def cell(column: VolunteerColumn, longest: int = LONGEST_CELL) -> str:
        return fitting(column, cells.get(column, ""), longest)

    name = filled(VolunteerColumn.NAME, cell(VolunteerColumn.NAME, LONGEST_NAME))
    squad = _SQUADS.get(plain_name(cell(VolunteerColumn.SQUAD)))
    if squad is None:
        raise BadRow(
            N_("“{value}” is none of the three squads. Write {names}."),
            value=cell(VolunteerColumn.SQUAD),
            names="邻里和谐、安全护卫、健康服务",
        )
    calls, on_card = (
        _agreed(column, cell(column)) for column in (VolunteerColumn.CALLS, VolunteerColumn.ON_CARD)
    )
    consents = frozenset(
        ([Consent.PHONE_FOR_DISPATCH] if calls else [])
        + ([Consent.NAME_ON_CARD, Consent.SKILLS_ON_CARD] if on_card else [])
    )
    phone = phone_in(VolunteerColumn.PHONE, cell(VolunteerColumn.PHONE))
    return VolunteerRow(
        line=line,
        name=name,
        squad=squad,
        phone=phone if calls else None,
        estate=cell(VolunteerColumn.ESTATE, LONGEST_NAME),
        building=cell(VolunteerColumn.BUILDING, LONGEST_NAME),
        skills=_skills(cell(VolunteerColumn.SKILLS)),
        can_do=cell(VolunteerColumn.CAN),
        cannot_do=cell(VolunteerColumn.CANNOT),
        insured_until=_day(cell(VolunteerColumn.INSURED)),
        consents=consents,
    )


def _agreed(column: VolunteerColumn, written: str) -> bool:
    key = plain_name(written)
    if key not in _YES | _NO:
        raise BadRow(
            N_("{column}: write {yes} or {no}, not “{value}”."),
            column=column.value,
            yes="是",
            no="否",
            value=written,
        )
    return key in _YES


def _skills(written: str) -> tuple[SkillKind, ...]:
    found = []
    for part in written.replace(",", "、").replace("，", "、").replace(";", "、").split("、"):
        if not (key := plain_name(part)):
            continue
        if key not in _SKILLS:
            raise BadRow(
                N_("“{value}” is no skill that the desk knows. Correct it, or leave it out."),
                value=part.strip(),
            )
        found.append(_SKILLS[key])
    return tuple(dict.fromkeys(found))


def _day(written: str) -> date | None:
    if not written:
        return None
    plain = written.split()[0].replace("/", "-").replace(".", "-").replace("年", "-")
    parts = plain.replace("月", "-").replace("日", "").split("-")
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, TypeError):
        raise BadRow(
            N_("{column}: “{value}” is no day. Write it as 2026-12-31."),
            column=VolunteerColumn.INSURED.value,
            value=written,
        ) from None
