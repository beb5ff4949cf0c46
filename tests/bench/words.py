"""What residents of a made-up community write: what everybody says, and rare characters."""

import random

WHERE = (
    "小区",
    "北门",
    "南门",
    "地下车库",
    "单元门口",
    "电梯间",
    "楼道",
    "花园",
    "健身广场",
    "垃圾房",
    "充电棚",
    "天台",
    "水泵房",
)
WHAT = (
    "电梯坏了",
    "漏水",
    "路灯不亮",
    "停车位不够",
    "垃圾没人收",
    "噪音扰民",
    "违章搭建",
    "消防通道被堵",
    "下水道堵塞",
    "外墙脱落",
    "门禁失灵",
    "高空抛物",
    "宠物伤人",
    "快递丢失",
    "楼道堆物",
    "电瓶车充电",
    "绿化枯死",
    "水压太低",
)
WISH = (
    "请尽快处理",
    "希望社区协调",
    "已经反映多次",
    "老人出行不便",
    "大家都很着急",
    "有安全隐患",
    "谢谢",
)


def words(number: int) -> str:
    """The words of one file: what everybody says, and characters from rare to common."""
    rng = random.Random(number)
    building, room = rng.randrange(1, 60), rng.randrange(101, 2600)
    # Zipf's law: the n-th character comes about 1/n as often as the first.
    tail = "".join(chr(0x4E00 + int(3_000 ** rng.random())) for _ in range(rng.randrange(12, 40)))
    return (
        f"2023-{number:06d}\n{rng.choice(WHERE)}{rng.choice(WHAT)}，{building}号楼{room}室"
        f"{rng.choice(WHAT)}。{tail}，{rng.choice(WISH)}"
    )
