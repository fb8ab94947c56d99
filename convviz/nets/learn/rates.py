"""Learning rates that were changed while a network learned, so that it can be learned anew as it was."""

from convviz.nets.learn.settings import TrainingPlan

Rates = tuple[tuple[int, int, float], ...]
"""From which batch of which epoch, both counted from 0, what rate was in force; in that order."""


def rate_at(rates: Rates, epoch: int, batch: int) -> float:
    """Return the rate in force at a batch; the first one before all others."""
    found = rates[0][2]
    for each_epoch, each_batch, rate in rates:
        if (each_epoch, each_batch) > (epoch, batch):
            break
        found = rate
    return found


def with_rate(rates: Rates, epoch: int, batch: int, rate: float) -> Rates:
    """Return the rates once ``rate`` is in force from a batch on; what was said of later ones is over."""
    kept = tuple(each for each in rates if each[:2] < (epoch, batch))
    return kept if kept and kept[-1][2] == rate else (*kept, (epoch, batch, rate))


def changed_rates(rates: Rates, plan: TrainingPlan, epoch: int) -> Rates:
    """Return the rates up to the end of ``epoch`` epochs; none if they all are what ``plan`` says."""
    kept = tuple(each for each in rates if each[0] < epoch)
    return () if all(rate == plan.rate for *_, rate in kept) else kept
