"""An edited kernel tried out in its network: the classes move, the network stays as it is."""

from collections.abc import Iterable
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.checks import Check, nothing
from convviz.nets.deferred import Deferred
from convviz.nets.filter_place import filter_place
from convviz.nets.records import INPUT, Layer, Trace
from convviz.nets.why.run import Run, Wires, tensor_of, wire


class LiveEdit:
    """A network in which kernels can be replaced for a run.

    The network's own weights are never written: where its code uses them, the edited ones are put in their
    place for that run. Taking back an edit means to show the former trace.

    Parameters
    ----------
    module : torch.nn.Module
        The network.
    trace : Trace
        What the picture did in it, unedited.
    """

    def __init__(self, module: Any, trace: Trace) -> None:
        self._module, self._trace = module, trace
        self._wires: Wires | None = None

    def run(
        self,
        layer: int,
        channel: int,
        weights: NDArray[Any],
        bias: float | None = None,
        check: Check = nothing,
    ) -> Trace:
        """Compute the network with one filter replaced.

        Parameters
        ----------
        layer : int
            A convolution or linear layer.
        channel : int
            Its filter.
        weights : ndarray, shape (C_in / groups, kh, kw), or (N,) of a linear layer
            The filter's new weights; finite.
        bias : float, optional
            Its new bias; by default the one it has.
        check : callable
            Called before every function; may raise.

        Returns
        -------
        Trace
            Of the same architecture. Layers before the edited one are not computed again.

        Raises
        ------
        Problem
            If the layer has no weights of its own, or the new ones do not fit.
        IndexError
            If there is no such filter.
        """
        import torch

        started = perf_counter()
        instead, names = self._edited(self._trace.architecture.layers[layer], channel, weights, bias)
        if self._wires is None:
            self._wires = wire(self._module, self._trace, check)
        # Another layer may use the same weights.
        layers = self._trace.architecture.layers
        first = next(user.index for user in layers if names & set(user.parameters.values()))
        known = self._known(self._wires, first)
        fresh: dict[int, NDArray[Any]] = {}

        def keep(index: int) -> Any:
            def tap(output: Any) -> Any:
                fresh[index] = _array(output, layers[index].shape)
                return output

            return tap

        later = range(first, len(layers))
        with torch.no_grad():
            run = Run({index: keep(index) for index in later}, known, instead, check=check)
            run.of(self._wires, tensor_of(self._trace))
        earlier = Deferred.of(self._trace.outputs)[:first]
        outputs = earlier.followed_by(fresh[index] for index in later)
        return replace(self._trace, outputs=outputs, seconds=perf_counter() - started)

    def _edited(
        self, layer: Layer, channel: int, weights: NDArray[Any], bias: float | None
    ) -> tuple[dict[int, Any], set[str]]:
        """Return what stands for the layer's parameters, by their identity, and their names."""
        import torch

        own = dict(self._module.named_parameters(remove_duplicate=False))
        name = layer.parameters.get("weight", "")
        if name not in own or (layer.window is None and layer.function != "linear"):
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "{layer} has no kernels to edit; choose a convolution."),
                layer=layer.name,
            )
        old = own[name].detach()
        place = filter_place(layer, tuple(old.shape), channel)
        if tuple(weights.shape) != tuple(old[place].shape):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence", "A kernel of {layer} has the shape {shape}; the edited one has {given}."
                ),
                layer=layer.name,
                shape=_times(old[place].shape),
                given=_times(weights.shape),
            )
        if not np.isfinite(weights).all():
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence", "The edited kernel holds something that is not a finite number."
                )
            )
        changed = old.clone()
        changed[place] = torch.from_numpy(np.array(weights, np.float32))
        instead, names = {id(own[name]): changed}, {name}
        if bias is not None and (bias_name := layer.parameters.get("bias", "")) in own:
            biases = own[bias_name].detach().clone()
            biases[channel] = bias
            instead[id(own[bias_name])] = biases
            names.add(bias_name)
        return instead, names

    def _known(self, wires: Wires, first: int) -> dict[int, Any]:
        """Return the outputs of the layers before ``first``: of those nobody reads, only the shape."""
        import torch

        layers = self._trace.architecture.layers
        pieces = {layer for made in wires.made.values() for piece, layer in made if piece is not None}
        readers = (layer for layer in layers if layer.index >= first or layer.index in pieces)
        read = {index for layer in readers for index in layer.inputs if index != INPUT}
        return {
            index: torch.from_numpy(self._trace.outputs[index].copy()).reshape(wires.shapes[index])
            if index in read
            else torch.empty(wires.shapes[index])
            for index in range(first)
        }


def _array(tensor: Any, shape: tuple[int, ...]) -> NDArray[Any]:
    array = np.array(tensor.detach().numpy()).reshape(shape)
    array.flags.writeable = False
    return array


def _times(shape: Iterable[int]) -> str:
    return " × ".join(map(str, shape))
