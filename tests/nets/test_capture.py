import gc
import itertools
import threading
import weakref
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convviz.core.text import Problem
from convviz.nets.capture import Captured, Signature, capture
from convviz.nets.records import INPUT, Architecture, Kind
from convviz.nets.replay import Script
from tests.nets.nets import InPlace, filled


class StopError(Exception):
    """Ends a pass before its time."""


def functions(captured: Captured) -> list[str]:
    return [layer.function for layer in captured.architecture.layers]


def names(captured: Captured) -> list[str]:
    return [layer.name for layer in captured.architecture.layers]


def test_what_was_captured_keeps_its_values_whatever_is_done_in_place() -> None:
    module = filled(InPlace())
    x = torch.rand(1, 1, 4, 5, generator=torch.Generator().manual_seed(1)) * 20 - 10
    with torch.no_grad():
        expected = module(x.clone())
    captured = capture(module, x.clone())
    layers, outputs = captured.architecture.layers, captured.arrays()
    assert names(captured) == [
        "sub",
        "conv",
        "relu",
        "view",
        "mul",
        "add",
        "add-2",
        "drop",
        "relu6",
        "setitem",
        "add-3",
        "flatten",
    ]
    found = dict(zip(names(captured), outputs, strict=True))
    np.testing.assert_allclose(found["sub"], x[0].numpy() - 0.5)
    assert found["conv"].min() < 0
    np.testing.assert_array_equal(found["relu"], np.maximum(found["conv"], 0))
    np.testing.assert_array_equal(found["mul"], found["view"] * 2)
    np.testing.assert_array_equal(found["view"], found["relu"].reshape(-1))
    np.testing.assert_allclose(found["add-2"], 2 * found["add"] - 1)
    np.testing.assert_array_equal(found["relu6"], np.clip(found["drop"], 0, 6))
    assert (found["setitem"][:, 0] == 7).all()
    np.testing.assert_array_equal(outputs[-1], expected[0].numpy())
    assert not any(array.flags.writeable for array in outputs)
    assert [layer.inputs for layer in layers][:3] == [(INPUT,), (0,), (1,)]


def test_the_network_is_left_as_it_was_found() -> None:
    module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.Dropout())
    module.train()
    module[1].eval()
    before = {key: value.clone() for key, value in module.state_dict().items()}
    capture(module, torch.rand(1, 1, 5, 5))
    assert [part.training for part in module.modules()] == [True, True, False, True, True]
    assert all(torch.equal(value, before[key]) for key, value in module.state_dict().items())
    assert not any(part._forward_hooks or part._forward_pre_hooks for part in module.modules())
    assert all(parameter.requires_grad for parameter in module.parameters())


def test_the_network_is_left_as_it_was_found_after_a_failure() -> None:
    module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(7, 2)).train()
    with pytest.raises(Problem, match=r"layer 2: it takes 7 numbers and is given 18.*before it: 2"):
        capture(module, torch.rand(1, 1, 5, 5))
    assert module.training
    assert not any(part._forward_hooks or part._forward_pre_hooks for part in module.modules())


def test_weights_that_are_shared_count_once_and_unused_ones_not_for_a_layer() -> None:
    class Shared(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a = nn.Linear(4, 4)
            self.b = self.a
            self.unused = nn.Linear(100, 1)
            self.scale = nn.Parameter(torch.ones(2, 2))

        def forward(self, x: Any) -> Any:
            # A weight that is computed from a parameter counts where it is used.
            return self.b(self.a(x.flatten(1))) * self.scale.reshape(4)

    architecture = capture(Shared(), torch.rand(1, 1, 2, 2)).architecture
    assert [layer.weights for layer in architecture.layers] == [0, 20, 0, 4]
    assert [layer.name for layer in architecture.layers] == ["flatten", "a", "a-2", "mul"]
    assert architecture.weights == 20 + 101 + 4
    assert architecture.named("a").parameters == {"weight": "a.weight", "bias": "a.bias"}
    assert architecture.named("mul").parameters == {"scale": "scale"}


def test_steps_that_do_not_reach_the_answer_are_left_out_and_it_is_the_last() -> None:
    class Late(nn.Module):
        def forward(self, x: Any) -> Any:
            answer = x.relu()
            left, _right = answer.chunk(2, 2)
            self.forgotten = x.tanh()
            return {"answer": left}

    captured = capture(Late(), torch.rand(1, 1, 4, 4))
    assert functions(captured) == ["relu", "chunk"]
    assert captured.architecture.layers[-1].numbers["piece"] == 0


def test_dropout_is_a_layer_of_its_own_though_it_changes_nothing() -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.drop = nn.Dropout(0.25)

        def forward(self, x: Any) -> Any:
            y = x.relu()
            return y + self.drop(y)

    layers = capture(Net(), torch.rand(1, 1, 4, 4)).architecture.layers
    assert [(layer.name, layer.kind, layer.inputs) for layer in layers] == [
        ("relu", Kind.ACTIVATION, (INPUT,)),
        ("drop", Kind.DROPOUT, (0,)),
        ("add", Kind.ADD, (0, 1)),
    ]
    assert layers[1].numbers["p"] == 0.25


def test_questions_are_no_steps() -> None:
    class Net(nn.Module):
        def forward(self, x: Any) -> Any:
            n = x.size(0) * x.shape[1] * int(x.dim()) + len(x)
            assert x.is_floating_point()
            assert n
            return x.contiguous().to(torch.float32).float().relu()

    assert functions(capture(Net(), torch.rand(1, 1, 4, 4))) == ["relu"]


def test_what_check_raises_passes_through_and_leaves_nothing_behind() -> None:
    calls: list[int] = []

    def check() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise StopError

    module = nn.Sequential(nn.ReLU(), nn.ReLU(), nn.ReLU()).train()
    with pytest.raises(StopError):
        capture(module, torch.rand(1, 1, 2, 2), check=check)
    assert module.training
    assert not any(part._forward_hooks for part in module.modules())


def test_an_output_that_does_not_come_from_the_input_gets_a_sentence() -> None:
    class Constant(nn.Module):
        def forward(self, x: Any) -> Any:
            return torch.zeros(1, 3)

    with pytest.raises(Problem, match="no layers to show"):
        capture(Constant(), torch.rand(1, 1, 2, 2))
    with pytest.raises(Problem, match="no layers to show"):
        capture(nn.Identity(), torch.rand(1, 1, 2, 2))


def test_another_thread_may_use_the_network_meanwhile() -> None:
    inside, go = threading.Event(), threading.Event()

    class Slow(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.relu = nn.ReLU()

        def forward(self, x: Any) -> Any:
            if threading.current_thread().name == "tracing":
                inside.set()
                assert go.wait(10)
            return self.relu(x)

    module, found = Slow().eval(), []
    thread = threading.Thread(
        target=lambda: found.append(capture(module, torch.rand(1, 1, 2, 2))), name="tracing"
    )
    thread.start()
    assert inside.wait(10)
    module(torch.ones(1, 1, 2, 2))
    go.set()
    thread.join(10)
    assert names(found[0]) == ["relu"]


def test_an_architecture_is_used_again_by_a_pass_of_the_same_steps_only() -> None:
    module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU())
    known: dict[Signature, Architecture] = {}
    first = capture(module, torch.rand(1, 1, 5, 5), known=known)
    second = capture(module, torch.rand(1, 1, 5, 5), known=known)
    other = capture(module, torch.rand(1, 1, 6, 5), known=known)
    assert second.architecture is first.architecture
    assert other.architecture.layers[0].shape == (2, 4, 3)


def test_tensors_are_released_with_the_trace() -> None:
    module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(inplace=True))
    captured = capture(module, torch.rand(1, 1, 5, 5))
    kept = [weakref.ref(output) for output in captured.outputs]
    gc.collect()
    gc.disable()
    try:
        # At once, not when Python next looks for circles: a trace is a hundred megabytes.
        del captured
        assert [ref() for ref in kept] == [None, None]
    finally:
        gc.enable()


def tensors() -> int:
    return sum(type(one) is torch.Tensor for one in gc.get_objects())


@pytest.mark.parametrize("fixed", [True, False])
@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize(("size", "most", "ends"), [(5, 99, None), (5, 3, StopError), (9, 99, Problem)])
def test_however_a_pass_ends_no_tensor_is_left_in_a_circle(
    size: int, most: int, ends: type[Exception] | None, again: bool, fixed: bool
) -> None:
    module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Conv2d(2, 3, 3), nn.Flatten(), nn.Linear(3, 2))
    scripts: dict[tuple[int, ...], Script] = {}
    checks = itertools.count(1)

    def may_go_on() -> None:
        if next(checks) > most:
            raise StopError

    if again:
        capture(module, torch.rand(1, 1, 5, 5), scripts=scripts, fixed=fixed)
    gc.collect()
    gc.disable()
    try:
        before = tensors()
        with nullcontext() if ends is None else pytest.raises(ends):
            capture(module, torch.rand(1, 1, size, size), check=may_go_on, scripts=scripts, fixed=fixed)
        assert next(checks) > 3
        assert tensors() == before
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("made", "shape", "expected"),
    [
        (lambda: nn.Conv2d(4, 6, (3, 5), stride=2, padding=1, groups=2), (4, 9, 11), 6 * 5 * 5 * 2 * 15),
        (lambda: nn.Linear(7, 5), (3, 2, 7), 3 * 2 * 5 * 7),
        (lambda: nn.ConvTranspose2d(2, 3, 2, stride=2), (2, 4, 4), 2 * 16 * 3 * 4),
    ],
)
def test_multiply_adds_are_counted(made: Callable[[], Any], shape: tuple[int, ...], expected: int) -> None:
    assert capture(made(), torch.rand(1, *shape)).architecture.multiply_adds == expected


def test_operators_written_by_hand_are_followed() -> None:
    class Double(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
            return x * torch.sigmoid(x)

    class Net(nn.Module):
        def forward(self, x: Any) -> Any:
            done: torch.Tensor = Double.apply(x)
            return 1 - done

    captured = capture(Net(), torch.rand(1, 1, 2, 2))
    assert functions(captured) == ["sigmoid", "mul", "rsub"]
    assert captured.architecture.layers[-1].numbers["scalar"] == 1
