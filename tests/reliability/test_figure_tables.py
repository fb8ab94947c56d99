"""Any table for a figure of a lesson, which only the window knows: a picture to be painted, or a sentence."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from convviz.core.text import Problem
from convviz.files.lessons import shipped_lessons
from convviz.ui.lessons.figure_page import FigurePage
from convviz.work.threads import Threads
from tests.reliability.changing import QUICK, SLOW, changed, places_in, replaced
from tests.reliability.readers import check_said


@pytest.fixture
def page(qapp: QApplication) -> Iterator[FigurePage]:
    threads = Threads()
    page = FigurePage(threads)
    page.resize(900, 500)
    yield page
    page.clear()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert threads.close(timeout_ms=10_000)


def check_figure(page: FigurePage, data: st.DataObject) -> None:
    tables = [step.figure for lesson in shipped_lessons() for step in lesson.steps if step.figure]
    table = data.draw(st.sampled_from(tables))
    for _ in range(data.draw(st.integers(1, 3))):
        table = data.draw(changed(table))
        if not isinstance(table, dict):
            return
    try:
        page.show_figure(table)
    except Problem as problem:
        check_said(problem)
    else:
        # Whatever it is, it can be painted, stage by stage, and told again.
        while page.reveal():
            page.grab()
        page.grab()
        page.show_figure(page.table())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


_FIXTURE = HealthCheck.function_scoped_fixture


@settings(QUICK, suppress_health_check=[*QUICK.suppress_health_check, _FIXTURE])
@given(data=st.data())
def test_changed_figures(page: FigurePage, data: st.DataObject) -> None:
    check_figure(page, data)


@pytest.mark.slow
@settings(SLOW, suppress_health_check=[*SLOW.suppress_health_check, _FIXTURE])
@given(data=st.data())
def test_changed_figures_at_length(page: FigurePage, data: st.DataObject) -> None:
    check_figure(page, data)


def test_a_number_no_float_can_hold_is_told_wherever_a_figure_has_one(page: FigurePage) -> None:
    tables = [step.figure for lesson in shipped_lessons() for step in lesson.steps if step.figure]
    each = {
        (table["kind"], *(key if isinstance(key, str) else 0 for key in at)): (table, at)
        for table in tables
        for at in places_in(table)
    }
    assert len(each) > 50
    for table, at in each.values():
        with pytest.raises(Problem) as told:
            page.show_figure(replaced(table, at, 10**400))
        check_said(told.value)
