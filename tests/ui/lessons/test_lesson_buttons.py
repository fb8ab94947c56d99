"""The buttons that go from step to step."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton

from convviz.ui import theme
from tests.ui.driver import Driver


def empty_columns(button: QPushButton, mode: QIcon.Mode) -> tuple[int, int]:
    """Return how many columns of pixels at the left and at the right of its icon are empty."""
    image = button.icon().pixmap(button.iconSize(), 1.0, mode).toImage()
    inked = [
        x for x in range(image.width()) if any(image.pixelColor(x, y).alpha() for y in range(image.height()))
    ]
    return inked[0], image.width() - 1 - inked[-1]


def test_icons_keep_off_their_words(driver: Driver) -> None:
    window = driver.window
    window.lessons.open("sobel", 1)
    for projector in (False, True):
        window.set_projector(projector, remember=False)
        driver.settle()
        buttons = [window.findChild(QPushButton, f"lesson-{name}") for name in ("back", "next")]
        for button, side in zip(buttons, (1, 0), strict=True):
            assert isinstance(button, QPushButton)
            assert button.iconSize().height() == theme.current().px(14)
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
                empty = empty_columns(button, mode)
                assert empty[side] >= empty[1 - side] + theme.current().px(4) - 1
