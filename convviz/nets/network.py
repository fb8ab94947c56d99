"""A network that is open: what the rooms ask it."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.picture import Picture
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.checks import Check, nothing
from convviz.nets.capture import Captured, Signature, capture
from convviz.nets.layer_run import route, run_to
from convviz.nets.preprocessing import Preprocessing
from convviz.nets.program import is_fixed
from convviz.nets.records import Architecture, Placement, Trace, Values
from convviz.nets.replay import Script

# Architectures at different input sizes that are remembered.
_KNOWN = 8


def _silent(fraction: float) -> None:
    """Report nothing."""
    del fraction


class Network:
    """A network with everything that belongs to it. Methods may be called in any thread, one at a time works.

    Parameters
    ----------
    module : torch.nn.Module
        From (1, C, H, W) to scores. Put in evaluation mode and in 32-bit numbers, its weights without
        gradients.
    key, title : str
        What the catalogue and what people call it.
    preprocessing : Preprocessing
        What pictures go through first.
    classes : sequence of str
        Names in the order of the output; empty if unknown.
    trained : bool
        Whether the weights are learned, not random.
    origin : Sentence
        Where the weights come from.
    vocabulary : str
        Data set whose names the classes have, as in the folder ``assets/classes``; empty for names of the
        user's own.
    """

    def __init__(
        self,
        module: Any,
        key: str,
        title: str,
        preprocessing: Preprocessing,
        classes: tuple[str, ...],
        trained: bool,
        origin: Sentence,
        vocabulary: str = "",
    ) -> None:
        self.module = module.float().requires_grad_(False)
        # Not eval(), which exported programs refuse.
        for part in module.modules():
            part.training = False
        self.key = key
        self.title = title
        self.preprocessing = preprocessing
        self.classes = classes
        self.trained = trained
        self.origin = origin
        self.vocabulary = vocabulary
        self._known: dict[Signature, Architecture] = {}
        self._scripts: dict[tuple[int, ...], Script] = {}
        self._fixed = is_fixed(self.module)
        self._originals: dict[str, NDArray[np.float32]] = {}
        # A pass must not see a weight half replaced by another thread.
        self._busy = threading.Lock()

    def prepare(self, picture: Picture) -> tuple[Values, Placement]:
        """Return the input (C, H, W) that ``picture`` becomes, and where it lies on it.

        Raises
        ------
        Problem
            If the input would be too large.
        """
        return self.preprocessing.apply(picture)

    def trace(
        self,
        picture: Picture,
        *,
        check: Check = nothing,
        progress: Callable[[float], object] = _silent,
    ) -> Trace:
        """Run the network on ``picture`` and keep what every layer gave.

        Parameters
        ----------
        picture : Picture
            Any size and number of channels.
        check : callable
            Called before every step; may raise.
        progress : callable
            Given the share that is done, 0 to 1; may raise.

        Raises
        ------
        Problem
            If the network cannot compute on this input.
        """
        given, placement = self.prepare(picture)
        return self.trace_input(given, placement, check=check, progress=progress)

    def trace_input(
        self,
        given: Values,
        placement: Placement,
        *,
        check: Check = nothing,
        progress: Callable[[float], object] = _silent,
    ) -> Trace:
        """Run the network on an input (C, H, W) that is already preprocessed; else as :meth:`trace`."""
        captured = self._capture(given, check, progress)
        values = given.view()
        values.flags.writeable = False
        architecture = captured.architecture
        shape = architecture.layers[-1].shape
        classes = self.classes if shape == (len(self.classes),) else ()
        return Trace(architecture, values, captured.arrays(), placement, classes, captured.seconds)

    def architecture(self, input_shape: tuple[int, int, int] | None = None) -> Architecture:
        """Return the layers at a size of input, by default the one the network was made for.

        Raises
        ------
        Problem
            If the network cannot compute on inputs of this shape.
        """
        shape = input_shape or self.preprocessing.input_shape
        for known in reversed(self._known.values()):
            if known.input_shape == shape:
                return known
        return self._capture(np.zeros(shape, np.float32), nothing, _silent).architecture

    def layer_output(self, given: Values, layer: str, check: Check = nothing) -> Values:
        """Return what one layer gives for a preprocessed input (C, H, W), without a batch and newly made.

        Raises
        ------
        KeyError
            If there is no such layer.
        Problem
            If the network cannot compute on this input.
        """
        together = self.layer_outputs(given[np.newaxis], layer, check)
        if together is not None:
            return np.asarray(together[0])
        captured = self._capture(given, check, _silent)
        index = captured.architecture.named(layer).index
        output = captured.outputs[index].detach().numpy()
        return np.array(output.reshape(captured.architecture.layers[index].shape))

    def layer_outputs(self, inputs: Values, layer: str, check: Check = nothing) -> Values | None:
        """Return what one layer gives for several preprocessed inputs (B, C, H, W), and compute no further.

        Returns
        -------
        ndarray of float32, shape (B, ...), or None
            None if the network has not yet run on a single input of this size, or does something else with
            several than with one.
        """
        import torch

        script = self._scripts.get(inputs.shape[1:])
        if script is None:
            return None
        way = route(script, script.architecture.named(layer).index)
        with self._busy:
            output = run_to(self.module, torch.from_numpy(np.array(inputs, np.float32)), way, check)
        return None if output is None else np.asarray(output.detach().numpy())

    def parameter(self, name: str) -> NDArray[np.float32]:
        """Return a weight or buffer by its name in the state dict, read-only; KeyError if there is none."""
        array: NDArray[np.float32] = self._tensor(name).detach().numpy().view()
        array.flags.writeable = False
        return array

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of the weights that are replaced."""
        return tuple(self._originals)

    def replace(self, name: str, values: NDArray[np.generic]) -> None:
        """Put other values in place of a weight until :meth:`restore`; all later traces use them.

        Raises
        ------
        Problem
            If the shape is another one, or a value is not finite.
        """
        tensor = self._tensor(name)
        if values.shape != tuple(tensor.shape):
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "The weight {name} has the shape {shape}, not {given}."),
                name=name,
                shape=_shape_text(tuple(tensor.shape)),
                given=_shape_text(values.shape),
            )
        new = np.array(values, np.float32)
        if not np.isfinite(new).all():
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence", "A kernel weight or bias is not a finite number; type a number instead."
                )
            )
        with self._busy:
            self._originals.setdefault(name, np.array(self.parameter(name)))
            self._write(tensor, new)

    def restore(self, name: str | None = None) -> None:
        """Put the network's own values back: of one weight, or of all."""
        with self._busy:
            for each in [name] if name is not None else list(self._originals):
                if each in self._originals:
                    self._write(self._tensor(each), self._originals.pop(each))

    def _capture(self, given: Values, check: Check, progress: Callable[[float], object]) -> Captured:
        import torch

        shape = given.shape
        expected = next((len(a.layers) for a in self._known.values() if a.input_shape == shape), 0)

        def step_done(done: int) -> None:
            if expected:
                progress(min(1.0, done / expected))

        with self._busy:
            if len(self._known) > _KNOWN:
                self._known.clear()
                self._scripts.clear()
            # A copy: some networks overwrite their input.
            tensor = torch.from_numpy(np.array(given, np.float32)[None])
            return capture(
                self.module,
                tensor,
                check=check,
                step_done=step_done,
                known=self._known,
                scripts=self._scripts,
                fixed=self._fixed,
            )

    def _tensor(self, name: str) -> Any:
        return self.module.state_dict(keep_vars=True)[name]

    @staticmethod
    def _write(tensor: Any, values: NDArray[np.float32]) -> None:
        import torch

        with torch.no_grad():
            tensor.copy_(torch.from_numpy(values))


def _shape_text(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "1"
