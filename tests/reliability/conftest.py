"""The real window, for every test of this folder."""

from tests.ui.driver import collector, driver, make_window

__all__ = ["collector", "driver", "make_window"]
