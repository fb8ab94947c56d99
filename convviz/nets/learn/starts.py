"""Networks and settings that suit the data sets, to begin with."""

from convviz.nets.learn.plan import Function, LayerKind, LayerPlan, NetworkPlan
from convviz.nets.learn.samples import Samples
from convviz.nets.learn.settings import Loss, Optimiser, TrainingPlan

_Kind = LayerKind


def start_network(samples: Samples) -> NetworkPlan:
    """Return layers that suit the pictures; small enough for every one to be followed."""
    relu = LayerPlan(_Kind.ACTIVATION, function=Function.RELU)
    if samples.counts:
        return NetworkPlan(
            (
                LayerPlan(_Kind.CONVOLUTION, 2, (1, 2)),
                relu,
                LayerPlan(_Kind.FLATTEN),
                LayerPlan(_Kind.DENSE, 1),
            )
        )
    layers = [LayerPlan(_Kind.CONVOLUTION, 6, (3, 3), 1), relu, LayerPlan(_Kind.POOLING, size=(2, 2))]
    layers += [LayerPlan(_Kind.CONVOLUTION, 8, (3, 3), 1), relu, LayerPlan(_Kind.POOLING, size=(2, 2))]
    layers += [LayerPlan(_Kind.FLATTEN), LayerPlan(_Kind.DENSE, len(samples.classes))]
    return NetworkPlan(tuple(layers))


def start_settings(samples: Samples, seed: int = 1) -> TrainingPlan:
    """Return how such a network learns well."""
    if samples.counts:
        return TrainingPlan(Loss.SQUARED, Optimiser.ADAM, 0.05, 16, 200, seed)
    return TrainingPlan(Loss.CROSS_ENTROPY, Optimiser.ADAM, 0.005, 32, 30, seed)
