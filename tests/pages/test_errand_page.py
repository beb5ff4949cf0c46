"""The errand desk's page: one call on one screen, then its progress and its papers."""

import pytest
from streamlit.testing.v1 import AppTest

from db.errands import reads, services
from db.tables import ServiceClass
from domain.errands import StepKind
from tests.pages.conftest import Open
from tests.support.cast import Cast
from tests.support.clock import TestClock

ONCE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    page.run()
    assert not page.exception
    return page


@ONCE
def test_a_call_becomes_an_errand_that_is_told_and_done(
    open_page: Open, cast: Cast, clock: TestClock
) -> None:
    for section in ("open", "take", "done", "services"):
        page = open_page(cast.social_worker, "errands", s=section)
        assert not page.exception
        assert [*page.info, *page.success]
    page = open_page(cast.secretary, "errands", s="services")
    page.text_input("errand_service_name").set_value("代取药品")
    page.text_area("errand_service_bring").set_value("社保卡\n处方")
    page.text_input("errand_service_doer").set_value("健康小分队")
    click(page, "errand_service_save")
    (service,) = services.services()
    assert service.service_class is ServiceClass.ADMINISTRATIVE
    page = open_page(cast.social_worker, "errands", s="take")
    page.text_input("errand_find").set_value("1号楼101").run()
    click(page, f"intake_home_{cast.household_101}_0")
    page.selectbox("errand_service").set_value(service.code).run()
    page.multiselect("errand_papers").set_value(["社保卡"])
    click(page, "errand_save")
    assert not page.error
    (line,) = reads.open_errands(cast.secretary)
    # The number came from the household list; who took the call sees to it.
    assert (line.name, line.phone, line.holder, line.held) == (
        "住户子",
        "13800000101",
        "社工丙",
        1,
    )
    assert any(line.number in text.value for text in page.markdown)
    page = open_page(cast.social_worker, "errands", e=line.code)
    page.text_area(f"errand_tell_{line.code}_text").set_value("药房缺货")
    click(page, f"errand_tell_{line.code}_save")
    click(page, f"errand_back_{line.code}_save")
    page.segmented_control("errand_way").set_value("finish").run()
    page.text_area(f"errand_finish_{line.code}_text").set_value("药已送到")
    click(page, f"errand_finish_{line.code}_save")
    view = reads.errand(cast.secretary, line.code)
    assert [one.kind for one in view.steps][-3:] == [
        StepKind.PROGRESS,
        StepKind.PAPERS_OUT,
        StepKind.DONE,
    ]
    page = open_page(cast.committee, "errands", e=line.code)
    assert len(page.error) == 1
    assert "住户子" not in repr(page)
