"""A lesson on paper: every step with its texts, a picture of what is on screen, and its questions."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QMarginsF,
    QObject,
    QRectF,
    QSettings,
    QSizeF,
    Qt,
    QUrl,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
)

from convviz.core.lessons import Lesson, Question, text_in
from convviz.core.numbers import format_number
from convviz.core.text import Problem
from convviz.files.atomic import check_place, write_atomically
from convviz.files.samples import PHOTO_SAMPLES, open_sample
from convviz.ui import theme
from convviz.ui.app import Application, leave_after, qt_application, settle
from convviz.ui.language import Language
from convviz.ui.preferences import Preferences
from convviz.ui.state import Room
from convviz.ui.theme import DESK_SCALE, Theme, ThemeName
from convviz.ui.window import Window

# The room as it is drawn, without the panel with the texts, which stand beside it on paper.
WINDOW = (1180, 720)
_RESOLUTION, _LAYOUT_DPI = 600, 96
_MARGIN_MM = 18.0
# Of the height of a page, so that the texts of a step are mostly on the page of its picture.
_TALLEST = 0.42
_INK, _MUTED, _SOFT = "#16191f", "#4b5565", "#eef0f4"


def write_handout(path: Path, lesson: Lesson, language: str, *, lecturer: bool) -> int:
    """Write a lesson as a PDF file and end the process; every step that is begun is told on stdout.

    Parameters
    ----------
    path : Path
        File to write; replaced in one step if it exists.
    lesson : Lesson
        Which.
    language : str
        A value of :class:`Language`.
    lecturer : bool
        Whether the answers and the notes are in it.

    Returns
    -------
    int
        Exit code: 0 if it was written.

    Raises
    ------
    Problem
        If it cannot be written; the old file is kept.
    """
    check_place(path)
    application = Application(qt_application(), Preferences(QSettings(), remember=False))
    theme.install(Theme(ThemeName.LIGHT, DESK_SCALE))
    application.translations.choose(Language(language))
    window = application.open_window(open_sample(PHOTO_SAMPLES[0].id))
    window.resize(*WINDOW)
    window.show()
    window.set_language(Language(language))
    window.set_room(Room.IMAGE)
    application.warm_up()
    pictures = []
    for step in range(len(lesson.steps)):
        if sys.stdout is not None:
            print(f"step {step + 1} of {len(lesson.steps)}", flush=True)
        picture = _picture(application, window, lesson, step, reveal=lecturer)
        if picture is None:
            if sys.stderr is not None:
                sys.stderr.write(f"Step {step + 1} was not on screen in time; nothing was written.\n")
            return leave_after(1, application)
        pictures.append(picture)
    try:
        write_atomically(path, handout_pdf(lesson, pictures, language, lecturer=lecturer))
    except Problem as problem:
        if sys.stderr is not None:
            sys.stderr.write(f"{problem}\n")
        return leave_after(1, application)
    return leave_after(0, application)


def _picture(
    application: Application, window: Window, lesson: Lesson, step: int, *, reveal: bool
) -> QImage | None:
    window.messages.clear()
    window.lessons.try_out(lesson, step)
    window.lessons.panel.hide()
    if not settle(application, window):
        return None
    if reveal:
        while window.figures.reveal():
            if not settle(application, window):
                return None
    # Where the keyboard acts is of no interest on paper.
    window.setFocus()
    QCoreApplication.processEvents()
    return window.front.grab().toImage()


def handout_pdf(lesson: Lesson, pictures: Sequence[QImage], language: str, *, lecturer: bool) -> bytes:
    """Return a lesson as a PDF file.

    Parameters
    ----------
    lesson : Lesson
        Which.
    pictures : sequence of QImage
        One for each step.
    language : str
        Of the texts of the lesson; those of the frame are in the language in force.
    lecturer : bool
        Whether the answers and the notes are in it.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("convviz")
    writer.setTitle(text_in(lesson.title, language))
    writer.setResolution(_RESOLUTION)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    page = QPageSize(QPageSize.PageSizeId.A4)
    portrait = QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(page, portrait, margins, QPageLayout.Unit.Millimeter))
    Handout(writer, language, lecturer=lecturer).write(lesson, pictures)
    buffer.close()
    return bytes(data.data())


class Handout(QObject):
    """Writes one lesson.

    Parameters
    ----------
    writer : QPdfWriter
        Where it goes.
    language : str
        Of the texts of the lesson.
    lecturer : bool
        Whether the answers and the notes are in it.
    """

    def __init__(self, writer: QPdfWriter, language: str, *, lecturer: bool) -> None:
        super().__init__()
        self._writer, self._language, self._lecturer = writer, language, lecturer
        self._document = QTextDocument()
        self._document.documentLayout().setPaintDevice(writer)
        self._document.setDocumentMargin(0)
        font = theme.current().words()
        font.setPointSizeF(10.5)
        self._document.setDefaultFont(font)
        self._footer = 20 * writer.resolution() / 72
        self._size = QSizeF(writer.width(), writer.height() - self._footer)
        self._document.setPageSize(self._size)
        self._cursor = QTextCursor(self._document)
        self._is_first = True

    def _points(self, points: float) -> float:
        """Return a distance within the document, which counts in pixels of 96 an inch on any device."""
        return points * _LAYOUT_DPI / 72

    def write(self, lesson: Lesson, pictures: Sequence[QImage]) -> None:
        """Write all steps, page by page."""
        title = text_in(lesson.title, self._language)
        if lesson.number:
            title = f"{lesson.number}. {title}"
        self._block(title, size=18, bold=True, after=4)
        variant = self.tr("For the lecturer: with answers and notes") if self._lecturer else ""
        if variant:
            self._block(variant, size=10, colour=_MUTED, after=8)
        for number, (step, picture) in enumerate(zip(lesson.steps, pictures, strict=True), start=1):
            head = self.tr("Step {0} of {1}").format(number, len(lesson.steps))
            self._block(head, size=11, bold=True, colour=_MUTED, after=4, new_page=number > 1)
            self._block(text_in(step.text, self._language), size=12, after=6)
            self._picture(picture, number)
            notice = text_in(step.notice, self._language)
            if notice:
                self._block(self.tr("Notice: {0}").format(notice), shaded=True, after=6, before=6)
            for question in step.questions:
                self._question(question)
            notes = text_in(step.notes, self._language)
            if notes and self._lecturer:
                self._block(self.tr("Notes: {0}").format(notes), italic=True, before=6)
        self._paint(title)

    def _block(
        self,
        text: str,
        *,
        size: float = 10.5,
        bold: bool = False,
        italic: bool = False,
        colour: str = _INK,
        shaded: bool = False,
        before: float = 0,
        after: float = 3,
        indent: float = 0,
        new_page: bool = False,
    ) -> None:
        """Write a paragraph; sizes and distances in points."""
        block = QTextBlockFormat()
        block.setTopMargin(self._points(before))
        block.setBottomMargin(self._points(after))
        block.setLeftMargin(self._points(indent))
        block.setLineHeight(115, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if shaded:
            block.setBackground(QBrush(QColor(_SOFT)))
        if new_page:
            block.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        look = QTextCharFormat()
        look.setFontPointSize(size)
        look.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        look.setFontItalic(italic)
        look.setForeground(QColor(colour))
        self._new_block(block)
        self._cursor.insertText(text, look)

    def _new_block(self, block: QTextBlockFormat) -> None:
        if self._is_first:
            self._cursor.setBlockFormat(block)
            self._is_first = False
        else:
            self._cursor.insertBlock(block)

    def _picture(self, picture: QImage, number: int) -> None:
        name = f"step-{number}"
        self._document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), picture)
        share = picture.height() / picture.width()
        page = self._size * (_LAYOUT_DPI / self._writer.resolution())
        width = min(page.width(), _TALLEST * page.height() / share)
        look = QTextImageFormat()
        look.setName(name)
        look.setWidth(width)
        look.setHeight(width * share)
        self._new_block(QTextBlockFormat())
        self._cursor.insertImage(look)

    def _question(self, question: Question) -> None:
        self._block(text_in(question.text, self._language), bold=True, before=8, after=3)
        for number, choice in enumerate(question.choices):
            right = self._lecturer and number == question.right
            self._block(f"{'☒' if right else '☐'} {text_in(choice, self._language)}", indent=12, bold=right)
        for blank in question.blanks:
            named = text_in(blank.label, self._language)
            answer = format_number(blank.answer) if self._lecturer else "_" * 24
            self._block(f"{named} = {answer}" if named else answer, indent=12, bold=self._lecturer, before=4)
        why = text_in(question.why, self._language)
        if self._lecturer and why:
            self._block(why, indent=12, colour=_MUTED)
        elif not self._lecturer:
            # Where the way to the answer is written.
            self._block("", before=24)

    def _paint(self, title: str) -> None:
        painter = QPainter(self._writer)
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        count = self._document.pageCount()
        for number in range(count):
            if number:
                self._writer.newPage()
            painter.save()
            top = number * self._size.height()
            painter.translate(0, -top)
            self._document.drawContents(painter, QRectF(0, top, self._size.width(), self._size.height()))
            painter.restore()
            self._paint_footer(painter, title, self.tr("Page {0} of {1}").format(number + 1, count))
        painter.end()

    def _paint_footer(self, painter: QPainter, title: str, page: str) -> None:
        font = theme.current().words()
        font.setPointSizeF(8.5)
        painter.setFont(font)
        painter.setPen(QColor(_MUTED))
        area = QRectF(0, self._size.height(), self._size.width(), self._footer)
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(area, bottom | Qt.AlignmentFlag.AlignLeft, title)
        painter.drawText(area, bottom | Qt.AlignmentFlag.AlignRight, page)
