"""What single cells of a roll mean: areas, uses, yes and no, papers, people."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.areas import BadArea, parse_area
from domain.errors import N_
from domain.names import LONGEST_NAME, clean_line, key_of
from domain.private_text import ID_CHECKS, ID_WEIGHTS, normal_phone
from domain.rights import Kind
from domain.sheet_rows import BadRow, cell_text

# A computed cell such as 89.5 may hold 89.50000000001; a third decimal that somebody meant is
# far above this.
FLOAT_NOISE = 1e-6
# 0.01 m²; a unit of more than a square kilometre is a slip of the keyboard.
LARGEST = 100_000_000
LONGEST_DOCUMENT = 40
# A paper's number that Excel keeps as a number has lost its last digits from here on.
_CUT_OFF = 10**15

_UNIT_OF_AREA = re.compile(r"(平方米|平米|平方|m2|㎡|m²)$", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
# “Co., Ltd.” is one name.
_BETWEEN_NAMES = re.compile(r"(?:[、，;；/／+＋\n]|,(?!\s*(?:ltd|inc|llc)\b))+", re.IGNORECASE)
_BETWEEN_NUMBERS = re.compile(r"[、，,;；/／\n]+")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
_MASK = re.compile(r"[*×●＊]")
_OLD_ID = re.compile(r"[1-9]\d{14}")
_COMPANY = re.compile(
    r"公司|集团|企业|银行|委员会|合作社|事务所|.{3}(?:中心|局|厂)$|\b(?:ltd|limited|inc|llc|co)\.?$",
    re.IGNORECASE,
)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        word: kind
        for kind, words in {
            Kind.DWELLING: "住宅 住房 成套住宅 普通住宅 住 公寓 别墅 dwelling residential",
            Kind.SHOP: "商铺 商业 店铺 店面 门面 门面房 商服 商用 办公 写字楼 非住宅 "
            "shop commercial",
            Kind.PARKING: "车位 停车位 车库 地下车位 产权车位 机动车位 车位(库) parking",
        }.items()
        for word in words.split()
    }
)
YES = "是"  # as the column of the developer is filled in
_YES = frozenset("是 有 对 yes y true 1 √ ✓ ✔ v 开发商 开发商持有 未售 未交付".split())  # noqa: SIM905
_NO = frozenset("否 无 不是 no n false 0 × x - — / 已售 已交付 业主".split())  # noqa: SIM905
# Written where an owner's name belongs.
_DEVELOPER = frozenset(
    "开发商 开发企业 开发公司 建设单位 开发建设单位 未售 待售 未出售 开发商持有 developer".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class OwnerCell:
    """One owner as the row names them; `phone` in its stored form, `document` as `document`."""

    name: str
    phone: str | None = None
    document: str | None = None


def area(value: object) -> int:
    """A cell's area in 0.01 m²; what a computed cell is off by is forgiven, nothing else.

    Raises:
        BadRow: none, not a number, a third decimal, nothing or far too much.
    """
    if isinstance(value, bool):
        raise _no_area(value)
    text = _written(value)
    if not text:
        raise BadRow(N_("The area is empty. Fill it in."))
    try:
        found = parse_area(text)
    except BadArea:
        found = _nearly(text)
    if not 0 < found <= LARGEST:
        raise BadRow(N_("An area of {value} m² cannot be. Correct it."), value=text[:40])
    return found


def _written(value: object) -> str:
    # A float's repr is the shortest text that means it: 89.5, 89.50000000001, 1e+16.
    text = repr(value) if isinstance(value, float) else cell_text(value)
    text = "".join(unicodedata.normalize("NFKC", text).split())
    text = _UNIT_OF_AREA.sub("", text)
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else text


def _nearly(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,12}\.[0-9]{1,30}", text):
        raise _no_area(text)
    whole = round(float(text) * 100)
    if abs(float(text) * 100 - whole) > FLOAT_NOISE:
        raise BadRow(
            N_("An area has at most two decimals, but here stands {value}. Correct it."),
            value=text[:40],
        )
    return whole


def _no_area(value: object) -> BadRow:
    return BadRow(
        N_("“{value}” is not an area. Write square metres, at most two decimals, as 89.50."),
        value=str(value)[:40],
    )


def kind(value: object) -> Kind | None:
    """What a unit is used for; None where nothing is written.

    Raises:
        BadRow: a use that is not known.
    """
    word = key_of(cell_text(value))
    if not word:
        return None
    if word not in KINDS:
        raise BadRow(
            N_("The use “{value}” is not known. Write {dwelling}, {shop} or {parking}."),
            value=word[:40],
            dwelling="住宅",
            shop="商铺",
            parking="车位",
        )
    return KINDS[word]


def yes_or_no(value: object) -> bool | None:
    """Whether a cell says yes or no; None where nothing is written.

    Raises:
        BadRow: something else.
    """
    word = key_of(cell_text(value))
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadRow(
        N_("“{value}” is neither {yes} nor {no}. Correct it."),
        value=word[:40],
        yes=YES,
        no="否",
    )


def document(value: object) -> str | None:
    """An ID or licence number as it is compared; None where it is masked or missing.

    An ID number of fifteen digits is the same person's of eighteen.

    Raises:
        BadRow: Excel has cut its last digits off, or it is too long.
    """
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _CUT_OFF:
        raise _cut_off()
    written = clean_line(cell_text(value))
    if _SCIENTIFIC.fullmatch(written):
        raise _cut_off()
    plain = unicodedata.normalize("NFKC", written).upper()
    if _MASK.search(plain):
        return None
    plain = "".join(character for character in plain if character.isalnum())
    if len(plain) > LONGEST_DOCUMENT:
        raise BadRow(
            N_("The document number is {length} characters long; {longest} are possible."),
            length=len(plain),
            longest=LONGEST_DOCUMENT,
        )
    return _of_eighteen(plain) if _OLD_ID.fullmatch(plain) else plain or None


def _of_eighteen(old: str) -> str:
    number = f"{old[:6]}19{old[6:]}"
    total = sum(int(digit) * weight for digit, weight in zip(number, ID_WEIGHTS, strict=True))
    return number + ID_CHECKS[total % 11]


def _cut_off() -> BadRow:
    return BadRow(
        N_(
            "Excel has cut off the document number after fifteen digits. Format the column as "
            "text and enter the number again."
        )
    )


def owners(names: object, documents: object, phones: object) -> tuple[OwnerCell, ...]:
    """The owners that a row names: several are joined by 、 or another mark.

    One number among several owners is the first one's; documents must be as many as owners.

    Raises:
        BadRow: a name that is too long or stands twice, numbers that are none or do not fit.
    """
    written = [clean_line(part) for part in _BETWEEN_NAMES.split(cell_text(names))]
    known = [name for name in written if name]
    for name in known:
        if len(name) > LONGEST_NAME:
            raise BadRow(
                N_("An owner's name is {length} characters long; {longest} are possible."),
                length=len(name),
                longest=LONGEST_NAME,
            )
    papers = _papers(documents, len(known))
    numbers = _phones(phones, len(known))
    told: set[tuple[str, str | None]] = set()
    for name, paper in zip(known, papers, strict=True):
        told.add((key_of(name), paper))
    if len(told) < len(known) or _same_name_bare(told):
        raise BadRow(N_("An owner stands twice in this row. Write each name once."))
    return tuple(map(OwnerCell, known, numbers, papers))


def _same_name_bare(told: set[tuple[str, str | None]]) -> bool:
    """Two of one name are two people only where both have a paper."""
    named = [name for name, _ in told]
    return any(paper is None and named.count(name) > 1 for name, paper in told)


def _papers(value: object, count: int) -> list[str | None]:
    if isinstance(value, int | float):
        parts: list[object] = [value]
    else:
        parts = [part for part in _BETWEEN_NUMBERS.split(cell_text(value)) if part.strip()]
    if not count:
        return []
    if parts and len(parts) != count:
        raise BadRow(
            N_("{owners} owners but {n} document numbers. Write one for each owner, or none."),
            owners=count,
            n=len(parts),
        )
    return [document(part) for part in parts] or [None] * count


def _phones(value: object, count: int) -> list[str | None]:
    parts = [part for part in _BETWEEN_NUMBERS.split(cell_text(value)) if part.strip()]
    numbers: list[str | None] = []
    for part in parts:
        if _MASK.search(part):  # of an export; who it was is kept
            numbers.append(None)
            continue
        number = normal_phone(clean_line(part))
        if number is None:
            raise BadRow(
                N_("“{value}” is no telephone number. Correct it, or leave it empty."),
                value=clean_line(part)[:40],
            )
        numbers.append(number)
    if len(numbers) == count:
        return [*numbers]
    if len(numbers) > 1 and count != 1:
        raise BadRow(
            N_("{owners} owners but {n} telephone numbers. Write one for each, or only one."),
            owners=count,
            n=len(numbers),
        )
    # A second number of a single owner is not kept: the first is the one to call.
    return [*numbers[:1], *[None] * (count - 1)][:count] if numbers else [None] * count


def is_company(name: str) -> bool:
    """Whether a name is that of a company or an office."""
    return _COMPANY.search(clean_line(name)) is not None


def means_developer(name: str) -> bool:
    """Whether a word that stands for the developer is written where a name belongs."""
    return key_of(name) in _DEVELOPER
