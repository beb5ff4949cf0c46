"""The demo's texts: enough of them, each with all that its course needs, nothing personal."""

import random

from db.demo.matters import Pool, Word
from db.demo.names import Names
from db.demo.pictures import SCENES
from db.demo.units import OWN, PARTNERS
from db.tables import UnitKind
from domain.private_text import find_personal, normal_phone

POOL = Pool(random.Random(1))
WORDS = POOL.left()


def texts(word: Word) -> list[str]:
    matter = word.matter
    lists = (matter.words, matter.answer, matter.decided, matter.done, matter.summary)
    said = [text for texts in lists for text in texts]
    return said + [text for _, text in matter.turns.values()]


def test_there_is_one_report_for_each_of_the_125_matters() -> None:
    assert len(WORDS) == 125
    assert len({word.matter.words[word.number] for word in WORDS}) == 125


def test_whatever_can_be_published_holds_nothing_personal() -> None:
    for word in WORDS:
        for text in texts(word):
            shown = text.replace("{building}", "3号楼").replace("{estate}", "三盛巴厘岛")
            assert find_personal(shown) == ()
            assert "{" not in shown


def test_every_course_has_its_words() -> None:
    units = {key.partition(":")[0] for key, _, _ in OWN} | PARTNERS.keys()
    for word in WORDS:
        matter = word.matter
        assert all((matter.answer, matter.decided, matter.done, matter.summary))
        assert matter.lead in units
        assert matter.picture is None or matter.picture in SCENES
        assert "asked" not in matter.turns or matter.supplied
        assert len({number for number, _ in matter.turns.values()}) == len(matter.turns)


def test_the_partner_units_are_26() -> None:
    assert len(set(PARTNERS.values())) == 26
    assert all(kind is not UnitKind.PARTNER for _, _, kind in OWN)


def test_telephone_numbers_are_well_formed_and_differ() -> None:
    names = Names(random.Random(1))
    phones = [names.phone() for _ in range(900)]
    assert len(set(phones)) == 900
    assert all(normal_phone(phone) == phone for phone in phones)
    assert len({names.name() for _ in range(900)}) == 900
