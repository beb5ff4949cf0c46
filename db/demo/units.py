"""The demo's units: 26 partner units, and the branches, companies and committee of its estates."""

from datetime import datetime

from db import units
from db.tables import UnitKind
from domain.people import SYSTEM

# 26家共建单位. The keys are those by which matters name who leads.
PARTNERS: dict[str, str] = {
    "power": "江滨供电服务站",
    "police": "菖蒲路派出所",
    "fire": "菖蒲路消防救援站",
    "clinic": "临江社区卫生服务中心",
    "school": "菖蒲小学",
    "justice": "临江司法调解工作室",
    "urban": "临江城管服务站",
    "water": "江滨供水服务站",
    "gas": "江滨燃气服务站",
    "hospital": "康宁医院",
    "dentist": "晨光口腔门诊部",
    "pharmacy": "百姓大药房菖蒲路店",
    "middle_school": "菖蒲中学",
    "kindergarten": "菖蒲幼儿园",
    "elders_school": "老年大学临江分校",
    "youth": "青少年活动站",
    "bank": "惠民银行菖蒲路支行",
    "second_bank": "江南银行临江支行",
    "post": "菖蒲路邮政支局",
    "telecom": "江滨通信营业厅",
    "bookshop": "半亩书店",
    "market": "临江市场监管所",
    "grocer": "好邻居生鲜超市",
    "lawyers": "明德律师事务所",
    "veterans": "临江退役军人服务站",
    "cleaners": "临江环卫作业队",
}
# The units of each estate, by kind and the estate's key.
OWN: tuple[tuple[str, str, UnitKind], ...] = (
    ("office", "菖蒲社区居委会", UnitKind.COMMUNITY),
    ("property:bali", "三盛物业服务中心", UnitKind.PROPERTY),
    ("property:xinyuan", "安居物业服务公司", UnitKind.PROPERTY),
    ("property:jiangpan", "江畔里物业服务站", UnitKind.PROPERTY),
    ("branch:bali", "三盛巴厘岛小区党支部", UnitKind.BRANCH),
    ("branch:xinyuan", "菖蒲新苑小区党支部", UnitKind.BRANCH),
    ("branch:jiangpan", "江畔里小区党支部", UnitKind.BRANCH),
    ("committee:bali", "三盛巴厘岛业主委员会", UnitKind.COMMITTEE),
)


def found(now: datetime) -> dict[str, int]:
    """Enter all units; returns their row ids by key."""
    wanted = [*OWN, *((key, name, UnitKind.PARTNER) for key, name in PARTNERS.items())]
    return {key: units.add_unit(SYSTEM, now, name=name, kind=kind) for key, name, kind in wanted}
