"""Exam item 2.1: a classifier with an activation between its last sum and its sigmoid."""

import random
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.exam.kinds.short_text import Criterion, Sample
from course_utils.exam.text_item import Case, TextItem
from course_utils.lessons.activations import model
from course_utils.lessons.activations.model import Activation
from course_utils.seeds import seeds
from course_utils.typography import number

_TASKS = (
    ("whether an e-mail is spam", "spam"),
    ("whether a weld is faulty", "faulty"),
    ("whether a mushroom is edible", "edible"),
    ("whether a seam of coal is near", "near"),
    ("whether a patient has the flu", "ill"),
    ("whether a bird on a photograph is a heron", "a heron"),
    ("whether a customer will come back", "coming back"),
    ("whether a bearing will fail within a week", "failing"),
    ("whether a coin is counterfeit", "counterfeit"),
    ("whether a lake is frozen", "frozen"),
    ("whether a message is urgent", "urgent"),
)
_EXAM_TASK = ("to which of two classes a sample belongs", "positive")
_LAST: tuple[tuple[Activation, str], ...] = (
    (model.RELU, "a ReLU"),
    (model.SOFTPLUS, "a softplus, $\\ln(1 + e^z)$,"),
    (model.ABSOLUTE, "the absolute value $|z|$"),
    (model.RELU6, "a ReLU6, $\\min(\\max(z, 0), 6)$,"),
    (model.SIGMOID, "a sigmoid"),
    (model.TANH, "a tanh"),
    (model.hard_tanh(1), "a hard tanh, which cuts off below −1 and above 1,"),
    (model.leaky_relu(0.1), "a leaky ReLU with slope 0.1 for negative inputs"),
    (model.elu(1), "an ELU with $\\alpha = 1$"),
)
_THRESHOLDS = (0.25, 0.4, 0.5, 0.8, 0.9)


@dataclass(frozen=True)
class Design:
    """The facts: what is decided, the activation of the last layer, and the threshold."""

    task: tuple[str, str]
    last: Activation
    says: str
    threshold: float


class Outputs(NamedTuple):
    """What σ(g(z)) gives.

    Attributes
    ----------
    lowest, highest
        Over sums z from −50 to 50, and far away.
    called
        Share of standard normal sums z that are called positive.
    """

    lowest: float
    highest: float
    called: float


@cache
def outputs(last: Activation, threshold: float) -> Outputs:
    """Run a sigmoid on `last`."""
    p = model.sigmoid(last.f(np.concatenate([np.linspace(-50, 50, 100_001), [-1e6, 1e6]])))
    z = np.random.default_rng(seeds(1)[0]).normal(size=10_000)
    called = float(np.mean(model.sigmoid(last.f(z)) >= threshold))
    return Outputs(float(p.min()), float(p.max()), called)


class FinalActivation(TextItem[Design]):
    """Item 2.1: everything is called positive, nothing is, or both can be."""

    id = "2.1"
    title = "An activation before the sigmoid"

    def exam(self) -> Design:
        """Return the exam's design: a final ReLU, a sigmoid and the threshold 0.5."""
        last, says = _LAST[0]
        return Design(_EXAM_TASK, last, says, 0.5)

    def draw(self, rng: random.Random) -> Design:
        """Return another design; none whose threshold lies at the edge of what is reached."""
        sort = rng.choice(list(_MARKING))
        designs = [
            (last, says, threshold)
            for last, says in _LAST
            for threshold in _THRESHOLDS
            if _sort(last, threshold) == sort
        ]
        return Design(rng.choice(_TASKS), *rng.choice(designs))

    def solve(self, facts: Design) -> Case:
        """Return the rubric that fits what running the design shows."""
        sort = _sort(facts.last, facts.threshold)
        assert sort is not None
        rubric, full, partial = _MARKING[sort](facts)
        found = outputs(facts.last, facts.threshold)
        task, yes = facts.task
        return Case(
            scenario=(
                f"A network decides {task}. Its last layer computes a sum $z$, any real number, and"
                f" applies {facts.says} to it. Since the result is to be a probability, a sigmoid"
                f" $\\sigma$ is put behind that, and a sample is called *{yes}* if the output is at"
                f" least {number(facts.threshold)}.\n\nIs that a good choice? Decide, and give the"
                " reasons: between which bounds does the output lie, and which samples are called"
                f" *{yes}*?"
                + (
                    " ($\\sigma(1) \\approx 0.73$, $\\sigma(-1) \\approx 0.27$)"
                    if {facts.last.name} & _BOUNDED_BY_1
                    else ""
                )
            ),
            rubric=rubric,
            full=full,
            partial=partial,
            derivation=(
                "Run on sums from −50 to 50, and on a million of either sign, the output lay"
                f" between {found.lowest:.2f} and {found.highest:.2f}; of 10 000 standard normal"
                f" sums, {100 * found.called:.0f} % were called *{yes}*."
            ),
            lines=4,
        )


_BOUNDED_BY_1 = {model.SIGMOID.name, model.TANH.name, model.hard_tanh(1).name, model.elu(1).name}
_Marking = tuple[tuple[Criterion, ...], Sample, Sample]


def _sort(last: Activation, threshold: float) -> str | None:
    """Return whether all, none or some are called positive; None where the design is in between."""
    found = outputs(last, threshold)
    if found.lowest >= threshold - 1e-9:
        return "all"
    if found.highest < threshold:
        return "none"
    # 'some' only where the sign of z decides, so that nothing but the range is to be discussed
    return "some" if threshold == 0.5 and found.lowest < 0.5 < found.highest else None


def _bound(facts: Design) -> str:
    """Say what the activation gives at least, and what the sigmoid makes of it."""
    low = facts.last.extremes()[0]
    least = "is never negative" if low > -1e-9 else f"is never below {number(low)}"
    lowest = number(outputs(facts.last, facts.threshold).lowest, ".2f")
    return f"what the last layer gives {least}, so the sigmoid's output is never below {lowest}"


def _for_all(facts: Design) -> _Marking:
    yes, threshold = facts.task[1], number(facts.threshold)
    found = outputs(facts.last, facts.threshold)
    return (
        (
            Criterion(
                f"No: {_bound(facts)}, which is not below the threshold {threshold}.",
                1,
                f"Measured: the smallest output is {found.lowest:.2f}.",
            ),
            Criterion(
                f"So every sample is called {yes}, whatever the weights and the input.",
                1,
                f"Measured: {100 * found.called:.0f} % of the sums.",
            ),
        ),
        Sample(
            f"No, for <1>{_bound(facts)}, and that reaches {threshold} already.</1> <2>So all"
            f" samples are called {yes}, and the network need not even look at them.</2> The"
            " activation before the sigmoid has to go."
        ),
        Sample(
            f"No: <1>{_bound(facts)}, at or above the threshold.</1> Training will be slow because"
            " the sigmoid has small gradients.",
            lacks={2: f"It does not say that every sample is therefore called {yes}."},
        ),
    )


def _for_none(facts: Design) -> _Marking:
    yes, threshold = facts.task[1], number(facts.threshold)
    found = outputs(facts.last, facts.threshold)
    top = number(facts.last.extremes()[1])
    highest = number(found.highest, ".2f")
    return (
        (
            Criterion(
                f"No: what the last layer gives is never above {top}, so the sigmoid's output is"
                f" never above {highest}, which is below the threshold {threshold}.",
                1,
                f"Measured: the largest output is {found.highest:.2f}.",
            ),
            Criterion(
                f"So no sample is ever called {yes}, whatever the weights and the input.",
                1,
                f"Measured: {100 * found.called:.0f} % of the sums.",
            ),
        ),
        Sample(
            f"No. <1>The last layer gives at most {top}, and σ of that is only about {highest}: the"
            f" threshold of {threshold} is out of reach.</1> <2>Not one sample is called"
            f" {yes}.</2> Without the activation the sigmoid could reach every probability."
        ),
        Sample(
            f"No. <2>It will call nothing {yes}</2>, because the network was trained with too few"
            " examples of that class.",
            lacks={1: f"It does not see that the output is bounded by {highest}."},
        ),
    )


def _for_some(facts: Design) -> _Marking:
    yes = facts.task[1]
    found = outputs(facts.last, facts.threshold)
    lowest, highest = number(found.lowest, ".2f"), number(found.highest, ".2f")
    if found.lowest < 0.01 and found.highest > 0.99:
        bounds = f"It works: the output lies between {lowest} and {highest}, on both sides of 0.5."
        begins = (
            f"Yes, it works. <1>The outputs go from {lowest} to {highest}, so they lie below and"
            " above the threshold.</1>"
        )
        half = f"<1>The output can be anything between {lowest} and {highest}.</1>"
    else:
        bounds = (
            f"As a probability it is a poor choice: the output lies only between {lowest} and"
            f" {highest}, though on both sides of 0.5."
        )
        begins = (
            f"For a probability no, for the decision yes. <1>The output lies only between {lowest}"
            f" and {highest}, however sure the network is: other probabilities it cannot give.</1>"
        )
        half = (
            f"<1>No probability outside of {lowest} to {highest} can be given: a poor choice.</1>"
        )
    return (
        (
            Criterion(bounds, 1, "So it was when run."),
            Criterion(
                f"The decision works: a sample is called {yes} if and only if its sum z is at"
                " least 0, since the activation keeps the sign.",
                1,
                f"Measured: {100 * found.called:.0f} % of standard normal sums, which are"
                " symmetric about 0.",
            ),
        ),
        Sample(
            f"{begins} <2>The activation keeps the sign of z, and σ(0) = 0.5: z ≥ 0 means {yes}, z"
            " < 0 means not.</2>"
        ),
        Sample(
            f"{half} Which samples are called {yes} cannot be said without the weights.",
            lacks={2: "It does not say that the sign of z decides: the activation keeps it."},
        ),
    )


_MARKING = {"all": _for_all, "none": _for_none, "some": _for_some}
