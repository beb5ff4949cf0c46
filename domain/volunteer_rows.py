"""A squad's list in Excel 志愿者名册: what each row must hold, whatever order its columns have."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from types import MappingProxyType

from domain.errors import N_, DeskError
from domain.ledger_columns import HEADER_WITHIN, cell_text
from domain.names import LONGEST_NAME, clean_line
from domain.private_text import normal_phone
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


_SPELLINGS: Mapping[str, VolunteerColumn] = MappingProxyType(
    {
        spelling: column
        for column, spellings in {
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
        }.items()
        for spelling in spellings.split()
    }
)
_SQUADS: Mapping[str, Squad] = MappingProxyType(
    {
        spelling: squad
        for squad, spellings in {
            Squad.HARMONY: "邻里和谐 邻里和谐队 和谐 和谐队 harmony",
            Squad.SAFETY: "安全护卫 安全护卫队 护卫 安全 安全队 safety",
            Squad.HEALTH: "健康服务 健康服务队 健康 健康队 health",
        }.items()
        for spelling in spellings.split()
    }
)
# How people write the kinds; a sheet that was exported in English has the slugs.
_SKILLS: Mapping[str, SkillKind] = MappingProxyType(
    {
        spelling: kind
        for kind, spellings in {
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
        }.items()
        for spelling in (*spellings.split(), kind.value)
    }
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
class RefusedVolunteer:
    """A row that does not go in: `reason` is a message template, to be filled with `params`."""

    line: int
    reason: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class VolunteerList:
    """A whole sheet, read."""

    rows: tuple[VolunteerRow, ...]
    refused: tuple[RefusedVolunteer, ...]


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


class _BadRow(DeskError):
    """Why one row is refused."""


def read_volunteers(
    header: Sequence[object], rows: Iterable[tuple[int, Sequence[object]]]
) -> VolunteerList:
    """Read a sheet's rows, given as line number and cells, below its first filled row.

    Raises:
        VolunteerHeaderMissing: neither `header` nor one of the next rows names the columns.
    """
    remaining = iter(rows)
    places = _find_header(header, remaining)
    taken: list[VolunteerRow] = []
    refused: list[RefusedVolunteer] = []
    for line, values in remaining:
        cells = {
            column: clean_line(cell_text(values[place])) if place < len(values) else ""
            for column, place in places.items()
        }
        if not any(cells.values()):
            continue
        try:
            taken.append(_read_row(line, cells))
        except _BadRow as bad:
            refused.append(RefusedVolunteer(line, bad.template, bad.params))
    return VolunteerList(tuple(taken), tuple(refused))


def _find_header(
    header: Sequence[object], remaining: Iterable[tuple[int, Sequence[object]]]
) -> Mapping[VolunteerColumn, int]:
    below = (values for _, values in remaining)
    for count, values in enumerate(chain([header], below), start=1):
        places: dict[VolunteerColumn, int] = {}
        for place, value in enumerate(values):
            column = _SPELLINGS.get(_key(cell_text(value)))
            if column is not None:
                places.setdefault(column, place)
        if VolunteerColumn.NAME in places and VolunteerColumn.SQUAD in places:
            return places
        if count == HEADER_WITHIN:
            break
    raise VolunteerHeaderMissing


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("*:")


def _read_row(line: int, cells: Mapping[VolunteerColumn, str]) -> VolunteerRow:
    def cell(column: VolunteerColumn, longest: int = LONGEST_CELL) -> str:
        written = cells.get(column, "")
        if len(written) > longest:
            raise _BadRow(
                N_("{column} is {length} characters long; {longest} are possible. Shorten it."),
                column=column.value,
                length=len(written),
                longest=longest,
            )
        return written

    name = cell(VolunteerColumn.NAME, LONGEST_NAME)
    if not name:
        raise _BadRow(N_("{column} is empty. Fill it in."), column=VolunteerColumn.NAME.value)
    squad = _SQUADS.get(_key(cell(VolunteerColumn.SQUAD)))
    if squad is None:
        raise _BadRow(
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
    written = cell(VolunteerColumn.PHONE)
    phone = normal_phone(written) if written else None
    if written and phone is None:
        raise _BadRow(
            N_("{column}: “{value}” is no telephone number. Correct it, or leave it empty."),
            column=VolunteerColumn.PHONE.value,
            value=written,
        )
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
    key = _key(written)
    if key not in _YES | _NO:
        raise _BadRow(
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
        if not (key := _key(part)):
            continue
        if key not in _SKILLS:
            raise _BadRow(
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
        raise _BadRow(
            N_("{column}: “{value}” is no day. Write it as 2026-12-31."),
            column=VolunteerColumn.INSURED.value,
            value=written,
        ) from None
