"""Personal details in what people write (个人信息): found before publishing, masked on screens.

The finder warns a person, who decides. It would rather warn once too often than publish a number;
emergency and hotline numbers (12345, 400-…) are nobody's and are left alone.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import N_

# Compound surnames (复姓) in use; a longer name that begins with one keeps two characters.
COMPOUND_SURNAMES = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 长孙 宇文 南宫 百里 独孤 "
    "东郭 西门 呼延 钟离 闻人 赫连 澹台 濮阳 淳于 单于 申屠 鲜于 闾丘 司空 拓跋 轩辕 太史 第五"
)
# Weights and check characters of the 18-digit ID number, GB 11643-1999 (ISO 7064 MOD 11-2).
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
# First two digits of an ID number: the province, GB/T 2260.
PROVINCES = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55)}
    | {*range(61, 66), 71, 81, 82, 83}
)


class Kind(StrEnum):
    """What was found. An address alone is a softer warning: it may be the place of the matter."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    ID_NUMBER = "id_number"
    ACCOUNT = "account"
    EMAIL = "email"
    ADDRESS = "address"


# How a finding is told in the warning before publishing.
SENTENCES: Mapping[Kind, str] = {
    Kind.MOBILE: N_("a mobile number"),
    Kind.LANDLINE: N_("a telephone number"),
    Kind.ID_NUMBER: N_("an ID number"),
    Kind.ACCOUNT: N_("a WeChat or QQ account"),
    Kind.EMAIL: N_("an e-mail address"),
    Kind.ADDRESS: N_("the number of a flat"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One personal detail: `text` is `source[start:end]` as it was written."""

    kind: Kind
    start: int
    end: int
    text: str

    @property
    def soft(self) -> bool:
        """Whether it only asks for a second look."""
        return self.kind is Kind.ADDRESS


_GAP = r"[ \t.·-]{0,2}"
_COUNTRY = rf"(?:(?:\+|00)86{_GAP}|\(\+?86\){_GAP}|(?<!\d)86{_GAP})?"
_MOBILE = re.compile(rf"(?<![\d+]){_COUNTRY}(1{_GAP}[3-9](?:{_GAP}\d){{9}})(?!\d)")
_AREA = r"(?:10|2\d|[3-9]\d{2})"
_LOCAL = rf"[2-8]\d{{2,3}}{_GAP}\d{{4}}"
_LANDLINE = re.compile(
    rf"(?<![\d+])(?:(?:\+|00)86{_GAP}\(?0?|\(?0)({_AREA})\)?{_GAP}({_LOCAL})(?!\d)"
)
_LOCAL_AFTER_WORD = re.compile(rf"(?:电话|座机|固话|致电|联系方式|tel)[:是为]?\s*({_LOCAL})(?!\d)")
_BARE_LOCAL = re.compile(rf"{_LOCAL}")
_FOREIGN = re.compile(r"\+(?!86)[1-9]\d{6,14}")
_ID_18 = re.compile(rf"(?<!\d)[1-9]\d{{5}}{_GAP}\d{{8}}{_GAP}\d{{3}}[\dxX](?![\da-zA-Z])")
_ID_15 = re.compile(r"(?<!\d)[1-9]\d{14}(?!\d)")
_ACCOUNT = re.compile(
    r"(?:微信|薇信|威信|weixin|wechat|(?<![a-z])v[x信]|(?<![a-z])wx)号?(?:同号)?[:是为 ]{0,3}"
    r"([a-z][a-z0-9_-]{5,19})(?![a-z0-9_-])"
    r"|(?:(?<![a-z])qq|扣扣|企鹅)[号群]?[:是为 ]{0,3}(\d{5,11})(?!\d)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}", re.IGNORECASE)
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_ADDRESS = re.compile(
    rf"[a-zA-Z]?{_NUMBER}(?:号楼|栋|幢|座|号院)(?:[东西]?{_NUMBER}(?:单元|门))?[,\s]?"
    rf"\d{{3,4}}(?:室|号|房|户)?(?![\d年])"
    rf"|[a-zA-Z]?{_NUMBER}(?:号楼|栋|幢|座|号院){_NUMBER}单元[,\s]?\d{{1,2}}(?:室|号|房|户)"
    r"|(?<![\d-])\d{1,2}-\d{1,2}-\d{3,4}(?:室|号|房|户)?(?![\d-])"
)


def _plain(text: str) -> str:
    """Write digits, letters, dashes, brackets and spaces the ASCII way, keeping every position."""
    return "".join(map(_plain_character, text))


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(character) == "Pd":
        return "-"
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and folded.isascii() else character


def find_personal(text: str) -> tuple[Finding, ...]:
    """List the personal details in a text, in order and without overlap.

    Names are not found: no rule tells 王建国 from a shop's sign.
    """
    plain = _plain(text)
    found: list[Finding] = []
    # The surer kinds first: a number that is an ID is no phone.
    for kind, pattern, holds in _RULES:
        for match in pattern.finditer(plain):
            start, end = _core(match)
            if holds(plain[start:end]) and not any(f.start < end and start < f.end for f in found):
                found.append(Finding(kind, start, end, text[start:end]))
    return tuple(sorted(found, key=lambda finding: finding.start))


def _core(match: re.Match[str]) -> tuple[int, int]:
    """Leave the words that lead to a local number out of the finding."""
    return match.span(1) if match.re is _LOCAL_AFTER_WORD else match.span()


def _is_id_18(text: str) -> bool:
    number = re.sub(r"[^\dX]", "", text.upper())
    total = sum(int(d) * w for d, w in zip(number[:17], ID_WEIGHTS, strict=True))
    return ID_CHECKS[total % 11] == number[17] and _is_day(number[6:14])


def _is_id_15(number: str) -> bool:
    return int(number[:2]) in PROVINCES and _is_day("19" + number[6:12])


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _always(_: str) -> bool:
    return True


_RULES: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    (Kind.EMAIL, _EMAIL, _always),
    (Kind.ACCOUNT, _ACCOUNT, _always),
    (Kind.ID_NUMBER, _ID_18, _is_id_18),
    (Kind.ID_NUMBER, _ID_15, _is_id_15),
    (Kind.MOBILE, _MOBILE, _always),
    (Kind.LANDLINE, _LANDLINE, _always),
    (Kind.LANDLINE, _LOCAL_AFTER_WORD, _always),
    (Kind.ADDRESS, _ADDRESS, _always),
)


def normal_phone(text: str) -> str | None:
    """Bring one phone number to the form in which it is stored and compared, else None.

    A mobile is eleven digits; a landline its area code, a dash and seven or eight digits, or
    those alone; a number from abroad begins with +.
    """
    plain = _plain(text).strip()
    if match := _MOBILE.fullmatch(plain):
        return _digits(match[1])
    if match := _LANDLINE.fullmatch(plain):
        return f"0{match[1]}-{_digits(match[2])}"
    if _BARE_LOCAL.fullmatch(plain):
        return _digits(plain)
    abroad = re.sub(r"(?<!^)[ ().-]", "", plain)
    return abroad if _FOREIGN.fullmatch(abroad) else None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def mask_phone(text: str) -> str:
    """Hide the middle of a phone number: 138****5678, 0731-****5678.

    What is no phone number, whatever it is, keeps only its last two digits.
    """
    phone = normal_phone(text)
    if phone is None:
        digits = _digits(_plain(text))
        return "****" + (digits[-2:] if len(digits) > 4 else "") if text.strip() else ""
    if phone.startswith("+"):
        return f"{phone[:3]}****{phone[-2:]}"
    if len(phone) == 11 and "-" not in phone:
        return f"{phone[:3]}****{phone[-4:]}"
    area, dash, _ = phone.rpartition("-")
    return f"{area}{dash}****{phone[-4:]}"


def mask_name(name: str) -> str:
    """Keep the surname: 张*, 欧阳*. One star whatever the length, which would tell too much."""
    name = name.strip()
    surname = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES.split() else 1
    return f"{name[:surname]}*" if name else ""


def mask_personal(text: str) -> str:
    """Hide numbers and addresses of persons in a text; places stay, for they are its matter."""
    for found in reversed(find_personal(text)):
        if not found.soft:
            phone = found.kind in (Kind.MOBILE, Kind.LANDLINE)
            hidden = mask_phone(found.text) if phone else "****"
            text = text[: found.start] + hidden + text[found.end :]
    return text
