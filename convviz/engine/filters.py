"""Leaving out filters that nobody asked for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Index, distinct
from convviz.core.specs import ConvSpec


@dataclass(frozen=True, eq=False)
class Part:
    """A convolution that gives some of the wanted maps.

    Parameters
    ----------
    outputs : ndarray of int64
        Places of its maps among the wanted ones.
    filters : ndarray of int64
        Which filters give them.
    inputs : ndarray of int64
        Input channels it reads, group by group.
    groups : int
        Number of its groups.
    in_order : bool
        Whether its maps are the first of the wanted ones, in their order.
    """

    outputs: Index
    filters: Index
    inputs: Index
    groups: int
    in_order: bool

    def weights(self, op: ConvSpec) -> NDArray[np.float32]:
        """Return its filters as applied, shape (len(outputs), len(inputs) / groups, kh, kw)."""
        return np.ascontiguousarray(op.applied_weights[self.filters], np.float32)


def inputs_of(op: ConvSpec, picked: Index) -> Index:
    """Return the input channels that filters ``picked`` of ``op`` read, in rising order."""
    return _channels(op, distinct(_groups(op, picked)))


def parts(op: ConvSpec, picked: Index) -> tuple[Part, ...]:
    """Return convolutions that together give maps ``picked`` of ``op``, in as few parts as possible.

    One, if every group in use has equally many maps to give; else one per group. They depend on the number
    of filters, channels and groups of ``op``, not on its weights.
    """
    groups = _groups(op, picked)
    used = distinct(groups)
    counts = (groups == used[:, np.newaxis]).sum(axis=1)
    if (counts == counts[0]).all():
        return (_part(op, picked, np.argsort(groups, kind="stable"), used),)
    return tuple(_part(op, picked, np.flatnonzero(groups == group), np.array([group])) for group in used)


def _groups(op: ConvSpec, picked: Index) -> Index:
    groups: Index = picked // (op.weights.shape[0] // op.groups)
    return groups


def _channels(op: ConvSpec, groups: Index) -> Index:
    per_group = op.weights.shape[1]
    channels: Index = groups[:, np.newaxis] * per_group + np.arange(per_group, dtype=np.int64)
    return channels.ravel()


def _part(op: ConvSpec, picked: Index, outputs: Index, groups: Index) -> Part:
    in_order = bool((outputs == np.arange(len(outputs))).all())
    return Part(outputs, picked[outputs], _channels(op, groups), len(groups), in_order)
