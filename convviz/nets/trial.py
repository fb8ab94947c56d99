"""A network with one filter changed, as a network of its own beside the one it comes from."""

import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.checks import Check, nothing
from convviz.nets.filter_place import filter_place
from convviz.nets.live_edit import LiveEdit
from convviz.nets.network import Network
from convviz.nets.records import Layer, Trace


class Trial:
    """Tries filters in a network that stays as it is.

    Not for two threads at once.

    Parameters
    ----------
    network : Network
        The network.
    trace : Trace
        What a picture did in it.
    """

    def __init__(self, network: Network, trace: Trace) -> None:
        self._network, self._trace = network, trace
        self._edit = LiveEdit(network.module, trace)

    def run(
        self, layer: int, channel: int, weights: NDArray[Any], check: Check = nothing
    ) -> tuple[Network, Trace]:
        """Put ``weights`` in place of one filter and see what the picture does then.

        Parameters
        ----------
        layer, channel : int
            A convolution and its filter.
        weights : ndarray, shape (C_in / groups, kh, kw)
            The filter's new weights; finite.
        check : callable
            Called before every function; may raise.

        Returns
        -------
        (Network, Trace)
            A network that has the weights, and shares all others with the one it comes from; and its trace.

        Raises
        ------
        Problem
            If the layer has no weights of its own, the new ones do not fit, or the network cannot be copied.
        """
        trace = self._edit.run(layer, channel, weights, check=check)
        edited = self._trace.architecture.layers[layer]
        return self._with(edited, channel, weights), trace

    def _with(self, layer: Layer, channel: int, weights: NDArray[Any]) -> Network:
        """Return the network with one filter replaced."""
        import torch

        name = layer.parameters["weight"]
        known = self._network
        state = known.module.state_dict(keep_vars=True)
        changed = torch.nn.Parameter(state[name].detach().clone(), requires_grad=False)
        changed.data[filter_place(layer, tuple(changed.shape), channel)] = torch.from_numpy(
            np.array(weights, np.float32)
        )
        # What is in the memo counts as copied: only the structure is, and the one weight.
        shared = {id(tensor): tensor for tensor in state.values()}
        shared[id(state[name])] = changed
        try:
            module = copy.deepcopy(known.module, shared)
        except (RuntimeError, TypeError, AttributeError) as error:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "This network cannot be copied ({reason}), so no kernel can be tried in it. Take the "
                    "filter to the convolution room instead.",
                ),
                reason=str(error).splitlines()[0] if str(error) else type(error).__name__,
            ) from error
        return Network(
            module,
            known.key,
            known.title,
            known.preprocessing,
            known.classes,
            known.trained,
            known.origin,
            known.vocabulary,
        )
