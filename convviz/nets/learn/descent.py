"""How weights follow the gradient: plain descent, with a momentum, or Adam; as ``torch.optim`` does it.

The optimisers of ``torch.optim`` import torch's compiler at their first use: eight hundred modules, sympy's
among them. That takes seconds of Python during which a window has to take turns, and from then on every full
garbage collection has ten times as many objects to look through: a tenth of a second in which no window
answers. The arithmetic itself is a few lines, and in the same order gives the same numbers to the last bit.
"""

from typing import Any

from convviz.nets.learn.settings import Optimiser

MOMENTUM = 0.9
"""Share of the step before that is added to the next."""

_BETA_1, _BETA_2, _EPSILON = 0.9, 0.999, 1e-8


class Descent:
    """Moves the weights of a network against their gradients.

    Parameters
    ----------
    optimiser : Optimiser
        Plain gradient descent; with a momentum, v ← 0.9·v + g and w ← w − rate·v (as PyTorch writes it, with
        v = g at first); or Adam with β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸ (Kingma & Ba, 2015).
    module : torch.nn.Module
        Whose weights. Those without a gradient stay as they are.
    rate : float
        Learning rate; may be changed at any time.
    """

    def __init__(self, optimiser: Optimiser, module: Any, rate: float) -> None:
        self.rate = rate
        self._optimiser = optimiser
        self._weights: list[Any] = list(module.parameters())
        # What is remembered of the gradients so far, per weight: their sums, and those of their squares.
        self._means: dict[int, Any] = {}
        self._squares: dict[int, Any] = {}
        self._steps: dict[int, int] = {}

    def forget_gradients(self) -> None:
        """Let the next gradient be one of its own and no sum with the last."""
        for weight in self._weights:
            weight.grad = None

    def step(self) -> None:
        """Move every weight by one step."""
        import torch

        move = {Optimiser.SGD: self._plain, Optimiser.MOMENTUM: self._momentum, Optimiser.ADAM: self._adam}
        with torch.no_grad():
            for number, weight in enumerate(self._weights):
                if weight.grad is not None:
                    move[self._optimiser](number, weight, weight.grad)

    def _plain(self, number: int, weight: Any, gradient: Any) -> None:
        del number
        weight.add_(gradient, alpha=-self.rate)

    def _momentum(self, number: int, weight: Any, gradient: Any) -> None:
        speed = self._means.get(number)
        if speed is None:
            speed = self._means[number] = gradient.clone()
        else:
            speed.mul_(MOMENTUM).add_(gradient)
        weight.add_(speed, alpha=-self.rate)

    def _adam(self, number: int, weight: Any, gradient: Any) -> None:
        import torch

        if number not in self._means:
            self._means[number], self._squares[number] = torch.zeros_like(weight), torch.zeros_like(weight)
        mean, square = self._means[number], self._squares[number]
        step = self._steps[number] = self._steps.get(number, 0) + 1
        mean.lerp_(gradient, 1 - _BETA_1)
        square.mul_(_BETA_2).addcmul_(gradient, gradient, value=1 - _BETA_2)
        # Both begin at 0 and are too small at first.
        size = self.rate / (1 - _BETA_1**step)
        root = (1 - _BETA_2**step) ** 0.5
        weight.addcdiv_(mean, (square.sqrt() / root).add_(_EPSILON), value=-size)
