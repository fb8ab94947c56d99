"""The numbers of the lessons on networks: what is asked, and what texts and figures say."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from convviz.core.counting import filter_weights
from convviz.core.field_growth import levels
from convviz.core.specs import ConvSpec, PoolKind, PoolSpec
from convviz.files.samples import open_sample
from convviz.nets.catalog import open_network, outline
from convviz.nets.records import Architecture, Kind
from convviz.ui.figures.kinds import figure_kinds
from convviz.work.threads import Threads
from tests.files.shipped import COURSE, lesson, output, says

NAMES = COURSE[5]
OF_LESSONS = ("kind", "stage", "until")


def spaced(number: int) -> str:
    """Return a number as the texts write it: ``61 706``."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def shown(name: str, step: int) -> Mapping[str, str]:
    """Return what the figure of a step shows when all of it is revealed."""
    table = lesson(name).steps[step - 1].figure
    given = {key: value for key, value in table.items() if key not in OF_LESSONS}
    owner = QWidget()
    # These figures compute nothing that would need a thread.
    figure = figure_kinds()[table["kind"]](given, cast(Threads, None), owner)
    figure.set_stage(figure.stages - 1)
    return dict(figure.shown())


def number(text: str) -> int:
    """Return a whole number as figures write it, whatever stands between its thousands."""
    return int(re.sub(r"\D", "", text))


def figures(name: str, step: int) -> dict[str, int]:
    """Return the whole numbers of a step's figure."""
    return {key: number(text) for key, text in shown(name, step).items() if re.fullmatch(r"[\d\s]+", text)}


@cache
def network(name: str) -> Architecture:
    return outline(name)


def weights(name: str, kind: Kind) -> list[int]:
    """Return the weights of all layers of one kind, biases included."""
    return [layer.weights for layer in network(name).layers if layer.kind is kind]


@cache
def trace() -> Any:
    return open_network("efficientnet-lite0").trace(open_sample("cat"))


def dense(neurons: int) -> int:
    return 9 * neurons + neurons


def with_kernel(neurons: int) -> int:
    return 4 + 4 * neurons + neurons


def first_saving() -> int:
    return next(n for n in range(1, 100) if with_kernel(n) < dense(n))


def typical() -> Sequence[int]:
    found = figures("typical-architecture", 2)
    return found["layer 7 shape"], found["layer 8 weights"]


def exam() -> Sequence[int]:
    found = figures("count-weights", 2)
    return *(found[f"layer {n} weights"] for n in (1, 2, 3, 4)), found["weights"]


def field_after_one_more() -> int:
    once, pool = ConvSpec(np.ones((1, 1, 3, 3))), PoolSpec(PoolKind.MAX, (2, 2), (2, 2))
    return levels((once, once, pool, once, once), 40)[-1].size


def times_as_large() -> int:
    found = shown("efficientnet", 1)
    large, small = (float(found[f"EfficientNet-{n} parameters"].split()[0]) for n in ("B7", "B0"))
    return round(large / small)


ANSWERS: dict[str, Callable[[], Sequence[float]]] = {
    "flatten": lambda: (dense(8),),
    "kernel-as-neuron": lambda: (
        number(shown("kernel-as-neuron", 3)["kernel weights"]),
        number(shown("kernel-as-neuron", 3)["dense weights"]),
    ),
    "conv-saves-weights": lambda: (with_kernel(8), dense(8), first_saving()),
    "typical-architecture": typical,
    "count-weights": exam,
    "receptive-field": lambda: (field_after_one_more(),),
    "lenet": lambda: (weights("lenet5", Kind.CONVOLUTION)[0],),
    "alexnet": lambda: (weights("alexnet", Kind.CONVOLUTION)[0],),
    "vgg16": lambda: (2 * 3 * 3, 5 * 5),
    "googlenet": lambda: (filter_weights(32, 192, (5, 5)) - 32, filter_weights(32, 16, (5, 5)) - 32),
    "resnet": lambda: (figures("resnet", 1)["bottleneck.weights"],),
    "efficientnet": lambda: (times_as_large(),),
    "what-layers-see": lambda: (weights("efficientnet-lite0", Kind.LINEAR)[-1],),
    "cat-or-dog": lambda: (int(np.prod(network("cifar10-vgg").input_shape)),),
}


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_what_is_computed(qapp: QApplication, name: str) -> None:
    del qapp
    questions = [question for step in lesson(name).steps for question in step.questions]
    given = [blank.answer for question in questions for blank in question.blanks]
    assert given == [float(answer) for answer in ANSWERS[name]()]


def test_the_wiring_counts_as_told(qapp: QApplication) -> None:
    del qapp
    found = shown("conv-saves-weights", 2)
    assert (found["convolution weights"], found["dense weights"]) == ("19", "30")
    assert (with_kernel(3), dense(3)) == (19, 30)
    says("conv-saves-weights", 2, "19 weights instead of 30", "19 весов вместо 30")
    says("flatten", 2, "= 30", "= 30")
    says("kernel-as-neuron", 1, f"= {output('kernel-as-neuron', 1)[0, 0, 0]:g}")
    says("kernel-as-neuron", 2, f"= {output('kernel-as-neuron', 1)[0, 1, 1]:g}")


def test_sizes_and_fields_are_as_told(qapp: QApplication) -> None:
    del qapp
    found = shown("typical-architecture", 2)
    sides = [found[f"layer {n} shape"] for n in (1, 3, 6)]
    assert [side.split("×") for side in sides] == [["32", "32", "16"], ["16", "16", "16"], ["8", "8", "32"]]
    says(
        "typical-architecture", 2, "32 × 32, then 16 × 16, then 8 × 8", "32 × 32, потом 16 × 16, потом 8 × 8"
    )
    counted = {n: number(found[f"layer {n} weights"]) for n in (1, 4, 8)}
    work = {n: number(found[f"layer {n} multiply-adds"]) for n in (1, 4, 8)}
    assert max(counted, key=lambda n: counted[n]) == min(work, key=lambda n: work[n]) == 8
    puzzle = shown("count-weights", 2)
    for n in (1, 2, 3, 4):
        says("count-weights", 2, puzzle[f"layer {n} shape"])
    growth = shown("receptive-field", 2)
    says("receptive-field", 2, ", ".join(growth[f"layer {n} receptive field"] for n in (1, 2, 3, 4)))


def test_counts_of_whole_networks_are_as_told() -> None:
    for name, step, key in (
        ("lenet", 2, "lenet5"),
        ("alexnet", 1, "alexnet"),
        ("vgg16", 1, "vgg16"),
        ("googlenet", 3, "googlenet"),
        ("resnet", 3, "resnet50"),
        ("efficientnet", 2, "efficientnet-lite0"),
        ("efficientnet", 2, "efficientnet_b0"),
        ("efficientnet", 2, "efficientnet_b7"),
    ):
        says(name, step, spaced(network(key).weights))


def test_layers_of_networks_are_as_told() -> None:
    small = [*weights("lenet5", Kind.CONVOLUTION), *weights("lenet5", Kind.LINEAR)]
    says("lenet", 2, ", ".join(map(spaced, small[:-1])) + f" and {small[-1]}", spaced(small[-2]))
    assert len(network("lenet5").layers) == 12
    assert max(small) == small[2]

    alexnet = network("alexnet")
    assert [len(weights("alexnet", kind)) for kind in (Kind.CONVOLUTION, Kind.LINEAR)] == [5, 3]
    assert alexnet.input_shape[1:] == (224, 224)
    assert alexnet.layers[0].shape == (64, 55, 55)
    assert 0.9 < sum(weights("alexnet", Kind.LINEAR)) / alexnet.weights < 0.97
    says("alexnet", 2, spaced(weights("alexnet", Kind.LINEAR)[0]))

    vgg = network("vgg16")
    halved = [
        layer for layer in vgg.layers if layer.kind is Kind.POOLING and layer.name.startswith("features")
    ]
    assert (len(weights("vgg16", Kind.CONVOLUTION)), len(halved)) == (13, 5)
    assert 0.7 < weights("vgg16", Kind.LINEAR)[0] / vgg.weights < 0.8
    says("vgg16", 2, spaced(weights("vgg16", Kind.LINEAR)[0]))
    sides = list(dict.fromkeys(layer.shape[1] for layer in vgg.layers if len(layer.shape) == 3))
    says("vgg16", 2, ", ".join(map(str, sides)))

    google = network("googlenet")
    joins = [layer for layer in google.layers if layer.kind is Kind.CONCATENATE]
    assert (len(joins), {len(layer.inputs) for layer in joins}) == (9, {4})
    assert 19 < vgg.weights / google.weights < 22

    resnet = network("resnet50")
    adds = [layer for layer in resnet.layers if layer.kind is Kind.ADD]
    on_the_way = [
        layer
        for layer in resnet.layers
        if layer.kind in (Kind.CONVOLUTION, Kind.LINEAR) and "downsample" not in layer.name
    ]
    assert (len(adds), len(on_the_way)) == (16, 50)


def test_modules_are_as_told(qapp: QApplication) -> None:
    del qapp
    found = figures("googlenet", 2)
    naive, reduced = found["naive.weights"], found["reduced.weights"]
    assert reduced < naive / 2
    told = f"{spaced(reduced)} weights instead of {spaced(naive)}"
    says("googlenet", 2, told, f"{spaced(reduced)} весов вместо {spaced(naive)}")
    says("googlenet", 2, f"{found['naive.channels']} instead of {found['reduced.channels']}", "416")


def test_accuracies_are_as_told(qapp: QApplication) -> None:
    del qapp
    found = shown("efficientnet", 1)
    vgg, b0 = (found[f"{name} accuracy"].split()[0] for name in ("VGG16", "EfficientNet-B0"))
    says("efficientnet", 1, f"{vgg} against {b0}", f"{vgg.replace('.', ',')} против {b0.replace('.', ',')}")
    times = network("vgg16").weights / network("efficientnet_b0").weights
    says("efficientnet", 1, f"{times:.0f} times", f"в {times:.0f} раз")


def test_what_the_trained_network_sees_and_says_is_as_told() -> None:
    architecture = trace().architecture
    deep = architecture.named("_blocks.4._swish-2")
    says("what-layers-see", 2, f"{deep.fields[0].last - deep.fields[0].first + 1} pixels", "67 пикселей")
    says("what-layers-see", 2, f"{deep.shape[1]} × {deep.shape[2]}")
    last = architecture.named("_swish-2")
    channels, rows, columns = last.shape
    says("what-layers-see", 4, f"{rows} × {columns} places with {spaced(channels)}", f"{rows} × {columns}")
    scores = np.asarray(trace().outputs[-1], np.float64).ravel()
    parts = np.exp(scores - scores.max())
    chances = dict(zip(trace().classes, (100 * parts / parts.sum()).tolist(), strict=True))
    best = sorted(chances, key=lambda name: -chances[name])[:3]
    assert best == ["tiger cat", "Egyptian cat", "tabby"]
    says("cat-or-dog", 1, f"Tiger cat {chances[best[0]]:.1f} %", f"{chances[best[0]]:.1f}".replace(".", ","))
    # ImageNet's dogs are its classes 151 to 268, counted from 0.
    assert max(list(chances.values())[151:269]) < 0.1
