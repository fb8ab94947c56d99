"""The style sheet: how buttons, fields and menus look under a theme."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convviz.ui.theme import Theme


def stylesheet(theme: "Theme") -> str:
    """Return Qt's style sheet for ``theme``.

    Dynamic properties choose among looks: ``role`` is ``heading``, ``caption``, ``title``, ``formula`` or
    ``panel``; a button whose ``role`` is ``primary`` is the one action of its place.
    """
    c, px = theme.colours, theme.px
    return f"""
    * {{ font-size: {px(15)}px; }}
    QMainWindow, QDialog {{ background: {c.window}; }}
    QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: {px(4)}px; }}
    QLabel[role="caption"] {{ color: {c.muted}; font-size: {px(13)}px; font-weight: 600; }}
    QLabel[role="heading"] {{ font-size: {px(17)}px; font-weight: 600; }}
    QLabel[role="title"] {{ font-size: {px(17)}px; font-weight: 700; }}
    QLabel[role="formula"] {{ font-family: "{theme.digits().families()[0]}"; font-size: {px(14)}px; }}
    QLabel[role="sign"] {{ font-size: {px(28)}px; color: {c.muted}; }}
    QLabel[role="warning"] {{ background: {c.problem}; color: {c.problem_text}; border-radius: {px(4)}px;
        padding: {px(2)}px {px(7)}px; font-weight: 600; }}
    QLabel[role="muted"] {{ color: {c.muted}; }}
    QWidget[role="panel"] {{ background: {c.surface}; }}
    QFrame[role="card"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {px(8)}px; }}
    QFrame[role="notice"] {{ background: {c.focus_soft}; border: none; border-left: {px(4)}px solid {c.focus};
        border-radius: {px(4)}px; }}
    QFrame[role="problem"] {{ background: {c.problem}; border: 1px solid {c.line};
        border-left: {px(4)}px solid {c.positive}; border-radius: {px(4)}px; }}
    QFrame[role="problem"] QLabel {{ color: {c.problem_text}; background: transparent; }}
    QPushButton, QToolButton, QComboBox, QLineEdit, QPlainTextEdit {{
        background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; border-radius: {px(5)}px;
        padding: {px(4)}px {px(9)}px; min-height: {px(20)}px; }}
    QToolButton {{ padding: {px(4)}px {px(7)}px; }}
    QPushButton:hover, QToolButton:hover, QComboBox:hover {{ border-color: {c.focus}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {c.focus_soft}; }}
    QPushButton:checked, QToolButton:checked {{ background: {c.focus_soft}; color: {c.focus};
        border-color: {c.focus}; }}
    QPushButton:disabled, QToolButton:disabled, QComboBox:disabled, QLineEdit:disabled {{
        color: {c.muted}; background: {c.window}; }}
    QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus, QPlainTextEdit:focus {{
        border: 2px solid {c.focus};
        padding: {px(4) - 1}px {px(9) - 1}px; }}
    QToolButton:focus {{ padding: {px(4) - 1}px {px(7) - 1}px; }}
    QPushButton[tight="true"] {{ padding: {px(4)}px {px(6)}px; }}
    QPushButton[tight="true"]:focus {{ padding: {px(4) - 1}px {px(6) - 1}px; }}
    QPushButton[role="tool"] {{ padding: {px(4)}px 0; }}
    QPushButton[role="tool"]:focus {{ padding: {px(4) - 1}px 0; }}
    QPushButton[role="primary"] {{ background: {c.focus}; color: {c.on_focus}; border-color: {c.focus}; }}
    QPushButton[role="primary"]:disabled {{ background: {c.blank}; color: {c.muted};
        border-color: {c.line}; }}
    QPushButton[role="room"] {{ border: none; background: transparent; padding: {px(7)}px {px(14)}px; }}
    QPushButton[role="room"][narrow="true"] {{ padding: {px(7)}px {px(6)}px; }}
    QPushButton[role="room"]:checked {{ background: {c.focus_soft}; color: {c.focus}; font-weight: 600; }}
    QPushButton[role="room"]:focus {{ border: 2px solid {c.focus};
        padding: {px(7) - 2}px {px(14) - 2}px; }}
    QPushButton[role="room"][narrow="true"]:focus {{ padding: {px(7) - 2}px {px(6) - 2}px; }}
    QPushButton[role="segment"] {{ padding: {px(4)}px {px(6)}px; border-radius: 0; margin-left: -1px; }}
    QPushButton[role="segment"]:focus {{ padding: {px(4) - 1}px {px(6) - 1}px; }}
    QComboBox {{ padding-right: {px(20)}px; }}
    QComboBox#network {{ padding-right: {px(3)}px; }}
    QComboBox::drop-down {{ border: none; width: {px(20)}px; }}
    QComboBox::down-arrow {{ image: url("{theme.arrow}"); width: {px(10)}px; height: {px(10)}px; }}
    QListWidget {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line};
        border-radius: {px(5)}px; outline: none; }}
    QListWidget:focus {{ border: 2px solid {c.focus}; }}
    QListWidget::item {{ padding: {px(4)}px {px(6)}px; }}
    QListWidget#lesson-list {{ padding: 0 {px(4)}px; }}
    QListWidget#lesson-list::item {{ padding: {px(4)}px 0; }}
    QListWidget::item:selected {{ background: {c.focus_soft}; color: {c.focus}; }}
    QScrollBar:vertical {{ background: transparent; width: {px(9)}px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {c.plot}; border-radius: {px(3)}px;
        margin: {px(1)}px {px(2)}px; min-height: {px(24)}px; }}
    QScrollBar:horizontal {{ background: transparent; height: {px(9)}px; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {c.plot}; border-radius: {px(3)}px;
        margin: {px(2)}px {px(1)}px; min-width: {px(24)}px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; border: none; width: 0; height: 0; }}
    QComboBox QAbstractItemView {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line};
        selection-background-color: {c.focus_soft}; selection-color: {c.text}; }}
    QTableView {{ background: {c.surface}; alternate-background-color: {c.window}; color: {c.text};
        border: 2px solid {c.line}; selection-background-color: {c.focus_soft};
        selection-color: {c.text}; outline: none; }}
    QTableView:focus {{ border: 2px solid {c.focus}; }}
    QTableView::item {{ padding: 0 {px(8)}px; }}
    QTableView[brief="true"]::item {{ padding: 0 {px(4)}px; }}
    QHeaderView {{ background: {c.surface}; }}
    QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: none;
        border-bottom: 1px solid {c.line}; padding: {px(5)}px {px(8)}px; font-weight: 600; }}
    QTableView[brief="true"] QHeaderView::section {{ padding: {px(5)}px {px(4)}px; }}
    QProgressBar {{ background: {c.blank}; border: none; border-radius: {px(4)}px; height: {px(8)}px; }}
    QProgressBar::chunk {{ background: {c.focus}; border-radius: {px(4)}px; }}
    QMenuBar {{ background: {c.surface}; color: {c.text}; }}
    QMenuBar::item {{ padding: {px(4)}px {px(8)}px; background: transparent; }}
    QMenuBar::item:selected {{ background: {c.focus_soft}; }}
    QMenu {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(5)}px {px(22)}px; border-radius: {px(4)}px; }}
    QMenu::item:selected {{ background: {c.focus_soft}; }}
    QMenu::item:disabled {{ color: {c.muted}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: {px(4)}px; }}
    QStatusBar {{ background: {c.surface}; color: {c.muted}; border-top: 1px solid {c.line}; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar QLabel {{ padding: {px(2)}px {px(8)}px; color: {c.muted}; }}
    QStatusBar QLabel#status-timing {{ padding: {px(2)}px 0; }}
    QScrollArea {{ border: none; background: transparent; }}
    QScrollArea[role="side"] {{ border-left: 1px solid {c.line}; background: {c.window}; }}
    QCheckBox {{ spacing: {px(7)}px; }}
    QCheckBox:focus {{ color: {c.focus}; }}
    QCheckBox::indicator {{ width: {px(14)}px; height: {px(14)}px; border: 1px solid {c.muted};
        border-radius: {px(3)}px; background: {c.surface}; }}
    QCheckBox::indicator:checked {{ background: {c.focus}; border-color: {c.focus};
        image: url("{theme.tick}"); }}
    QCheckBox::indicator:focus {{ border: 2px solid {c.focus}; }}
    /* Room for the handle, which a slider does not know of. */
    QSlider:horizontal {{ min-height: {px(20)}px; }}
    QSlider::groove:horizontal {{ height: {px(4)}px; background: {c.line}; border-radius: {px(2)}px; }}
    QSlider::sub-page:horizontal {{ background: {c.focus}; border-radius: {px(2)}px; }}
    QSlider::handle:horizontal {{ background: {c.surface}; border: {px(3)}px solid {c.focus};
        width: {px(10)}px; margin: -{px(6)}px 0; border-radius: {px(8)}px; }}
    QSlider::handle:horizontal:focus {{ background: {c.focus}; }}
    """
