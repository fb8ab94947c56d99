"""The real window, for every test of this folder."""

from tests.ui.driver import driver, make_window

__all__ = ["driver", "make_window"]
