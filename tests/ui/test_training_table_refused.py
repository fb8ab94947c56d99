"""Tables of the training room that are not as they should be: named, and nothing changes."""

from pathlib import Path
from typing import Any

import pytest

from convviz.core.text import Problem
from tests.ui.driver import Driver
from tests.ui.training_tables import LAYERS, TABLE, desk, driver, run_of, show

__all__ = ["driver"]


def test_layers_that_do_not_fit_are_named(driver: Driver) -> None:
    show(driver, TABLE | {"layers": [{"kind": "dense", "count": 1}]})
    assert "put a flatten before it" in desk(driver).layers.problem.text()
    assert not driver.window.training.busy


def test_a_folder_that_is_gone_is_told_and_the_run_stays(driver: Driver, tmp_path: Path) -> None:
    run = run_of(driver)
    show(driver, {"data": "folder", "folder": str(tmp_path / "gone")})
    assert "gone" in desk(driver).problem.text()
    assert run_of(driver) is run


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        ({"dataset": "stripes"}, "dataset"),
        ({"data": "eleven"}, "data"),
        ({"data": 11}, "data"),
        ({"data": "folder"}, "folder"),
        ({"data": "stripes", "folder": "/x"}, "folder"),
        ({"folder": 5}, "folder"),
        ({"layers": []}, "layers"),
        ({"layers": [{"kind": "flatten"}] * 17}, "layers"),
        ({"layers": ["dense"]}, "layers 1"),
        ({"layers": [{}]}, "layers 1, kind"),
        ({"layers": [{"kind": "flatten", "count": 2}]}, "layers 1, count"),
        ({"layers": [{"kind": "flatten"}, {"kind": "dense", "count": 0}]}, "layers 2, count"),
        ({"layers": [{"kind": "convolution", "count": 1, "size": 3}]}, "layers 1, size"),
        ({"layers": [{"kind": "convolution", "count": 1, "size": [3, 16]}]}, "layers 1, size"),
        ({"layers": [{"kind": "convolution", "padding": -1}]}, "layers 1, padding"),
        ({"layers": [{"kind": "pooling", "pooling": "min"}]}, "layers 1, pooling"),
        ({"layers": [{"kind": "activation", "function": "gelu"}]}, "layers 1, function"),
        ({"loss": "absolute"}, "loss"),
        ({"optimiser": "Adam"}, "optimiser"),
        ({"rate": 0}, "rate"),
        ({"rate": float("nan")}, "rate"),
        ({"rate": True}, "rate"),
        ({"rate": 2000}, "rate"),
        ({"rates": 5}, "rates"),
        ({"rates": [[0, 0]]}, "rates"),
        ({"rates": [[0, 0, 0]]}, "rates"),
        ({"rates": [[0, -1, 0.1]]}, "rates"),
        ({"rates": [[1, 0, 0.1], [0, 0, 0.2]]}, "rates"),
        ({"rates": [[0, 0, 0.1], [0, 0, 0.2]]}, "rates"),
        ({"rates": [[0, 0, 0.1]] * 10_001}, "rates"),
        ({"batch": 0}, "batch"),
        ({"epochs": 5001}, "epochs"),
        ({"seed": -1}, "seed"),
        ({"seed": 1.0}, "seed"),
        ({"epochs": 10, "epoch": 11}, "epoch"),
        ({"by_hand": 1}, "by_hand"),
        ({"by_hand": True, "data": "stripes"}, "by_hand"),
        ({"by_hand": True, "layers": LAYERS}, "by_hand"),
        ({"by_hand": True, "loss": "cross-entropy"}, "loss"),
        ({"run": "yes"}, "run"),
        ({"page": "curves"}, "page"),
    ],
)
def test_what_is_not_as_it_should_be_is_named_and_changes_nothing(
    driver: Driver, bad: dict[str, Any], place: str
) -> None:
    run = run_of(driver)
    with pytest.raises(Problem) as raised:
        driver.window.training.show_table(bad)
    assert f"training, {place}." in str(raised.value.sentence)
    assert run_of(driver) is run
