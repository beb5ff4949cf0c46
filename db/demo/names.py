"""Invented people: names put together from lists, telephone numbers that nobody has."""

import random

# The prefix 154 is given to no operator, so that nobody's telephone rings.
PHONE_PREFIX = "1540000"

SURNAMES = (
    "陈林黄郑吴王李张刘杨许何蔡谢郭叶曾邱潘江余苏高梁宋唐邓冯曹彭肖田董袁于蒋杜魏程吕丁任沈姚卢"
    "傅钟姜崔谭廖范汪陆金石戴贾韦夏方侯邹熊孟秦白毛"
)
ELDER = (
    "秀兰 桂英 玉珍 淑华 美金 依妹 建国 国强 志明 金水 德福 文彬 水生 庆云 瑞珠 荔香 宝珠 木金 "
    "长生 明德 凤英 月娥 宗仁 维钧 振华 福寿"
)
GROWN = (
    "晓燕 丽华 海燕 建平 志强 雅芳 明辉 文斌 丽娟 伟民 国栋 小红 锦辉 雪梅 永春 惠玲 剑锋 育红 "
    "少华 春燕 立新 榕生 闽江 秋萍 向东 爱珠"
)
YOUNG = (
    "子涵 雨桐 浩然 梓轩 思琪 嘉怡 俊杰 欣怡 宇航 诗涵 佳琪 逸凡 晨曦 若彤 泽宇 可馨 天佑 语嫣 "
    "博文 心怡 铭泽 静姝 昊天 梦洁 启航 书瑶"
)
GIVEN = tuple(f"{ELDER} {GROWN} {GROWN} {YOUNG}".split())


class Names:
    """Gives out names and telephone numbers, never the same pair of them twice."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._names: set[str] = set()
        self._phones = 0

    def name(self, surname: str = "") -> str:
        """A name; `surname` for a relative."""
        while True:
            made = (surname or self._rng.choice(SURNAMES)) + self._rng.choice(GIVEN)
            if made not in self._names:
                self._names.add(made)
                return made

    def phone(self) -> str:
        """The next number of the demo's own range."""
        self._phones += 1
        return f"{PHONE_PREFIX}{self._phones:04d}"
