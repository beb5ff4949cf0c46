"""The demo's errand desk: twelve services, fifteen errands, papers in hand, one late."""

import random
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from db.demo.diary import Diary
from db.demo.estates import Home
from db.demo.settled import Settled
from db.errands import reads, services, taking, working
from db.errands.services import ServiceWords
from db.errands.taking import ErrandWords
from db.tables import ServiceClass
from domain.people import Actor

OFFERED_AGO = 340
_ADMINISTRATIVE, _VOLUNTEER, _SOCIAL = ServiceClass

# Name, category, what to bring, working days, who does it.
SERVICES: tuple[tuple[str, ServiceClass, str, int, str], ...] = (
    ("老年人优待证代办", _ADMINISTRATIVE, "身份证\n一寸照片", 7, "社区便民窗口"),
    ("居民医保参保登记", _ADMINISTRATIVE, "身份证\n户口本", 3, "社区便民窗口"),
    ("高龄补贴申请", _ADMINISTRATIVE, "身份证\n户口本\n银行卡复印件", 10, "社区便民窗口"),
    ("居住证签注代办", _ADMINISTRATIVE, "居住证\n租房合同", 5, "社区便民窗口"),
    ("社区证明开具", _ADMINISTRATIVE, "身份证", 1, "社区便民窗口"),
    ("代取药品", _VOLUNTEER, "社保卡\n处方", 1, "健康服务小分队"),
    ("代缴水电燃气费", _VOLUNTEER, "缴费通知单", 1, "邻里和谐服务队"),
    ("代取快递送上门", _VOLUNTEER, "", 0, "邻里和谐服务队"),
    ("预约挂号代办", _VOLUNTEER, "身份证\n社保卡", 1, "健康服务小分队"),
    ("家电维修预约", _SOCIAL, "", 2, "物业服务中心"),
    ("法律咨询预约", _SOCIAL, "相关材料复印件", 3, "共建单位（司法所）"),
    ("上门理发预约", _SOCIAL, "", 3, "共建单位（理发店）"),
)


@dataclass(slots=True)
class _Errand:
    """One errand; the code is known once it is taken in.

    Args:
        ago: days since the call; `open` ones were not done yet.
        done: hours from the call until it was done.
    """

    service: str
    ago: int
    hour: int
    done: float | None
    said: str
    code: str = ""


# The first is late, the second is due today or soon; both have papers in hand.
ERRANDS = (
    ("高龄补贴申请", 17, 9, None, "材料已交街道审核，等街道回复"),
    ("老年人优待证代办", 6, 10, None, "照片已上传，制证中"),
    ("居住证签注代办", 3, 15, None, "派出所窗口已受理"),
    ("代取药品", 1, 16, None, "处方已收，明早到医院取药"),
    ("居民医保参保登记", 1, 9, None, ""),
    ("法律咨询预约", 2, 14, None, "司法所本周四下午可以面谈"),
    ("社区证明开具", 4, 9, 6, "证明已盖章，居民已取走"),
    ("代取快递送上门", 5, 11, 4, "两件快递已送到家门口"),
    ("代缴水电燃气费", 8, 10, 5, "电费已缴，回执已送回"),
    ("预约挂号代办", 9, 9, 7, "挂上周三上午的号，已电话告知"),
    ("家电维修预约", 12, 15, 26, "冰箱已修好，居民付清材料费"),
    ("上门理发预约", 15, 10, 50, "两位老人已理好头发"),
    ("老年人优待证代办", 26, 9, 130, "新证已送到家中"),
    ("居民医保参保登记", 33, 14, 48, "已参保，缴费凭证已交给居民"),
    ("代取药品", 40, 10, 6, "降压药已送到，用法写在药盒上"),
)


def serve(diary: Diary, settled: Settled) -> None:
    """Write the desk's services and errands into the diary.

    Chance is its own, so that the rest of the story does not depend on it.
    """
    rng = random.Random("errands")  # noqa: S311 – a story, no secret
    offered: dict[str, str] = {}
    diary.add(diary.day(OFFERED_AGO, 9), partial(_offer, settled.people.secretary, offered))
    homes = [home for house in settled.estates.houses for home in house.homes if home.phone]
    clerks = settled.people.clerks
    for number, (row, home) in enumerate(
        zip(ERRANDS, rng.sample(homes, len(ERRANDS)), strict=True)
    ):
        errand = _Errand(*row)
        clerk, holder = clerks[number % len(clerks)], clerks[(number + 1) % len(clerks)]
        at = diary.day(errand.ago, errand.hour, 6 * number % 60)
        diary.add(at, partial(_take, clerk, holder, errand, offered, home, number))
        if errand.done is None and errand.said and errand.ago > 1:
            diary.add(
                diary.day(errand.ago - 1, 11, 20), partial(_tell, holder, errand, number % 2 == 0)
            )
        if errand.done is not None:
            days, hours = divmod(int(errand.done), 24)
            done = diary.day(errand.ago - days, min(17, errand.hour + hours), 10)
            diary.add(done, partial(_finish, holder, errand))


def _offer(secretary: Actor, offered: dict[str, str], now: datetime) -> None:
    for name, service_class, bring, days, doer in SERVICES:
        words = ServiceWords(name, service_class, bring, days, doer)
        offered[name] = services.add_service(secretary, now, words)


def _take(
    clerk: Actor,
    holder: Actor,
    errand: _Errand,
    offered: dict[str, str],
    home: Home,
    number: int,
    now: datetime,
) -> None:
    bring = next(row[2] for row in SERVICES if row[0] == errand.service)
    # One call was just taken: nobody has it yet.
    waits = errand.done is None and not errand.said
    errand.code = taking.take_errand(
        clerk,
        now,
        ErrandWords(
            offered[errand.service],
            home.name,
            home.phone or "",
            household_id=home.household,
            papers=bring,
            holder_id=None if waits else holder.account_id,
            note="行动不便，材料上门收取" if number % 4 == 0 else "",
        ),
        f"demo-errand-{number}",
    ).code


def _tell(holder: Actor, errand: _Errand, told: bool, now: datetime) -> None:
    working.tell(holder, now, errand.code, errand.said, told=told)


def _finish(holder: Actor, errand: _Errand, now: datetime) -> None:
    held = [one.code for one in reads.errand(holder, errand.code).papers]
    if held:
        working.papers_out(holder, now, errand.code, held)
    working.finish(holder, now, errand.code, errand.said, told=True)
