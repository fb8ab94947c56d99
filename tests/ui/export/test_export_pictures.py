"""Maps as pictures: exact cells, real text, and what is too large."""

import base64
import io
import re
import xml.etree.ElementTree as ElementTree
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from convviz.core.geometry import Rect
from convviz.core.text import Problem
from convviz.engine.compute import View
from convviz.engine.render import Display, render
from convviz.ui.export.paint import Look, Sheet, as_image, lay_out
from convviz.ui.export.pictures import PictureOrder, paint_picture, pdf_bytes, png_bytes, svg_bytes
from convviz.ui.export.whole import Wanted, source_of, values_of, whole_content
from convviz.ui.theme import Theme
from convviz.ui.widgets.pane import Content, Mark, MarkKind, Placement
from convviz.ui.widgets.pane_caption import Caption
from convviz.ui.widgets.pane_content import Shading
from convviz.ui.widgets.pane_geometry import PaneGeometry
from convviz.ui.widgets.pane_paint import Scene
from convviz.work.jobs import JobContext
from tests.ui.driver import Driver

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = Look(1, numbers=False, caption=False, marks=False)


def scene_of(values: NDArray[np.float32], *marks: Mark, revealed: int | None = None) -> tuple[Scene, Content]:
    height, width = values.shape
    content = Content(View.whole(height, width), render(values, Display.SIGNED, -9, 9), values[np.newaxis])
    geometry = PaneGeometry((0, 0, 50, 50), 3.7, (1.0, 1.0), Placement(), height, width, (0, 0, 0, 0), 1.0)
    caption = Caption("Output", f"{height} × {width} × 1")
    return Scene(geometry, content, Shading(revealed), marks, caption, None, ""), content


def sheet(values: NDArray[np.float32], look: Look, *marks: Mark, revealed: int | None = None) -> Sheet:
    scene, content = scene_of(values, *marks, revealed=revealed)
    return lay_out(scene, content, look, Theme())


def pixels(image: QImage) -> NDArray[np.uint32]:
    assert image.format() == QImage.Format.Format_RGB32
    data = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    return data[:, : image.width()] | np.uint32(0xFF000000)


VALUES = np.random.default_rng(1).integers(-9, 10, (5, 7)).astype(np.float32)


@pytest.mark.parametrize("cell", range(1, 9))
def test_every_cell_is_an_even_block_of_its_own_colour(qapp: QApplication, cell: int) -> None:
    _, content = scene_of(VALUES)
    image = pixels(as_image(sheet(VALUES, Look(cell, numbers=False, caption=False, marks=False))))
    assert np.array_equal(image, np.kron(content.pixels, np.ones((cell, cell), np.uint32)))


@pytest.mark.parametrize("cell", [40, 64])
def test_without_numbers_large_cells_are_even_blocks_too(qapp: QApplication, cell: int) -> None:
    _, content = scene_of(VALUES)
    image = pixels(as_image(sheet(VALUES, Look(cell, numbers=False, caption=False, marks=False))))
    assert np.array_equal(image, np.kron(content.pixels, np.ones((cell, cell), np.uint32)))


def test_a_width_that_is_no_multiple_still_shows_every_cell_in_its_own_colour(qapp: QApplication) -> None:
    _, content = scene_of(VALUES)
    image = pixels(as_image(sheet(VALUES, Look(100 / 7, numbers=False, caption=False, marks=False))))
    assert image.shape == (72, 100)
    rows = np.minimum((np.arange(72) + 0.5) * 7 // 100, 4).astype(int)
    columns = ((np.arange(100) + 0.5) * 7 // 100).astype(int)
    assert np.mean(image == content.pixels[np.ix_(rows, columns)]) > 0.9
    assert set(image.ravel().tolist()) == set(content.pixels.ravel().tolist())


def test_numbers_outlines_and_title_change_the_picture(qapp: QApplication) -> None:
    mark = Mark(Rect(1, 1), MarkKind.FOCUS)
    bare = as_image(sheet(VALUES, Look(48, numbers=False, caption=False, marks=False), mark))
    numbered = as_image(sheet(VALUES, Look(48, caption=False, marks=False), mark))
    assert bare.size() == numbered.size()
    assert bare != numbered
    marked = as_image(sheet(VALUES, Look(48, caption=False), mark))
    titled = as_image(sheet(VALUES, Look(48), mark))
    assert marked.height() > numbered.height()
    assert titled.height() > marked.height()


def test_a_title_longer_than_the_map_is_not_cut(qapp: QApplication) -> None:
    tiny = sheet(VALUES[:1, :1], Look(4))
    texts = svg_texts(svg_bytes(tiny))
    assert texts == ["Output", "1 × 1 × 1"]


def test_what_stepping_has_not_reached_stays_blank_unless_marks_are_off(qapp: QApplication) -> None:
    blank = svg_texts(svg_bytes(sheet(VALUES, Look(48, caption=False), revealed=3)))
    assert len(blank) == 3
    assert len(svg_texts(svg_bytes(sheet(VALUES, Look(48, caption=False, marks=False), revealed=3)))) == 35


def svg_texts(data: bytes) -> list[str]:
    """Return the texts, line by line from the left."""
    found = ElementTree.fromstring(data).iter(f"{SVG}text")
    in_order = sorted(found, key=lambda text: (float(text.attrib["y"]), float(text.attrib["x"])))
    return ["".join(text.itertext()).strip() for text in in_order]


def test_an_svg_of_a_matrix_has_its_numbers_as_text_and_no_picture_inside(qapp: QApplication) -> None:
    data = svg_bytes(sheet(VALUES, Look(48)))
    numbers = [text.replace("−", "-") for text in svg_texts(data)[2:]]
    assert [float(text) for text in numbers] == VALUES.ravel().tolist()
    root = ElementTree.fromstring(data)
    assert not list(root.iter(f"{SVG}image"))
    assert root.get("viewBox") == f"0 0 {7 * 48 + 16} {as_image(sheet(VALUES, Look(48))).height()}"


def test_an_svg_of_a_photograph_has_every_pixel_in_one_picture(qapp: QApplication) -> None:
    photo = np.random.default_rng(2).integers(-9, 10, (120, 150)).astype(np.float32)
    root = ElementTree.fromstring(svg_bytes(sheet(photo, Look(2, caption=False))))
    (image,) = root.iter(f"{SVG}image")
    href = next(value for key, value in image.attrib.items() if key.endswith("href"))
    stored = Image.open(io.BytesIO(base64.b64decode(href.split(",", 1)[1]))).convert("RGB")
    _, content = scene_of(photo)
    expected = np.stack([(content.pixels >> shift) & 255 for shift in (16, 8, 0)], axis=-1)
    assert np.array_equal(np.asarray(stored), expected)


def test_a_pdf_is_one_page_of_its_size_with_embedded_letters(qapp: QApplication) -> None:
    laid_out = sheet(VALUES, Look(48))
    data = pdf_bytes(laid_out)
    assert data.startswith(b"%PDF-")
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", data)
    assert [(float(w), float(h)) for w, h in boxes] == [(laid_out.width, laid_out.height)]
    assert data.count(b"/Type /Page\n") == 1
    assert b"/FontFile2" in data
    shown = b"".join(unpacked(data))
    # Letters are shown, and none of the streams is a picture.
    assert shown.count(b" Tj") + shown.count(b"] TJ") >= 35
    assert b"/Subtype /Image" not in data


def unpacked(data: bytes) -> list[bytes]:
    out = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            out.append(zlib.decompress(stream))
        except zlib.error:
            out.append(stream)
    return out


def test_a_picture_too_large_is_refused_with_a_size_that_works(qapp: QApplication) -> None:
    wide = np.zeros((10, 9000), np.float32)
    with pytest.raises(Problem, match="Choose at most 3 pixels for a cell"):
        sheet(wide, Look(8, caption=False))
    assert sheet(wide, Look(3, caption=False)).width <= 32_000


def test_a_png_is_read_back_as_painted(qapp: QApplication) -> None:
    laid_out = sheet(VALUES, PLAIN)
    with Image.open(io.BytesIO(png_bytes(laid_out))) as image:
        assert image.size == (7, 5)
        red = np.asarray(image.convert("RGB"))[..., 0]
    assert np.array_equal(red, (pixels(as_image(laid_out)) >> 16) & 255)


def test_all_of_a_photograph_is_exported_whatever_part_is_on_screen(driver: Driver, tmp_path: Path) -> None:
    stages = driver.window.convolution.stages
    stages.viewport.zoom_at((20.0, 20.0), 30.0)
    driver.settle()
    pane = stages.panes["stage-1-0"]
    assert pane.content is not None
    assert pane.content.view.rows.count < 300
    source = source_of(pane)
    assert isinstance(source, Wanted)
    content = whole_content(source, lambda: None)
    assert content.pixels.shape == (300, 451)
    state = driver.window.session.state
    from convviz.core.channels import planes
    from convviz.engine.evaluate import run

    expected = run(planes(state.picture.values, state.channel_mode), state.chain())
    assert np.array_equal(content.values, expected)
    assert np.array_equal(values_of(source, lambda: None, every=True), expected)
    path = tmp_path / "output.png"
    order = PictureOrder(pane.scene(), source, PLAIN, Theme(), str(path))
    assert str(paint_picture(order, JobContext())) == "Saved as output.png."
    with Image.open(path) as image:
        assert image.size == (451, 300)
        green = np.asarray(image.convert("RGB"))[..., 1]
    assert np.array_equal(green, (content.pixels >> 8) & 255)


def test_the_colours_of_the_whole_map_are_those_on_screen(driver: Driver) -> None:
    pane = driver.window.convolution.stages.panes["stage-1-0"]
    driver.window.convolution.stages.viewport.zoom_at((20.0, 20.0), 30.0)
    driver.settle()
    source = source_of(pane)
    assert source is not None
    assert pane.content is not None
    whole, view = whole_content(source, lambda: None), pane.content.view
    part = whole.pixels[np.ix_(view.rows.positions, view.columns.positions)]
    # The extremes on screen may be those of a sample yet: the same to a few steps of 255.
    for shift in (16, 8, 0):
        one, other = (((p >> shift) & 255).astype(int) for p in (part, pane.content.pixels))
        assert np.abs(one - other).max() <= 8


def test_another_ending_is_refused_before_anything_is_painted(driver: Driver, tmp_path: Path) -> None:
    pane = driver.window.convolution.stages.panes["input-0"]
    source = source_of(pane)
    assert source is not None
    order = PictureOrder(pane.scene(), source, PLAIN, Theme(), str(tmp_path / "a.bmp"))
    with pytest.raises(Problem, match=r"a\.bmp was not saved: pictures are written to a \.png"):
        paint_picture(order, JobContext())
    assert not (tmp_path / "a.bmp").exists()
