"""Exercise 10.3: the score of UCB."""

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.rl_exploration.exercises.choosing import LECTURE


def ucb_scores(means: np.ndarray, pulls: np.ndarray, t: int, c: float) -> np.ndarray:
    scores = np.full(len(means), np.inf)
    tried = pulls > 0
    scores[tried] = means[tried] + c * np.sqrt(np.log(t) / pulls[tried])
    return scores


def _scored(
    means: np.ndarray, pulls: np.ndarray, t: int, c: float, *, untried: float = np.inf, **made: str
) -> np.ndarray:
    """Return scores with another bonus, or another score of what was never pulled."""
    n = np.maximum(pulls, 1).astype(float)
    bonus = {
        "right": np.sqrt(np.log(t) / n),
        "swapped": np.sqrt(np.log(n) / t),
        "no root": np.log(t) / n,
        "no logarithm": np.sqrt(t / n),
        "its own pulls": np.sqrt(np.log(n) / n),
        "root of n only": np.log(t) / np.sqrt(n),
        "no count": np.full(len(n), np.sqrt(np.log(t))),
        "root of ln t only": np.sqrt(np.log(t)) / n,
        "log10": np.sqrt(np.log10(t) / n),
        "one more": np.sqrt(np.log(t) / (n + 1)),
        "two": np.sqrt(2 * np.log(t) / n),
        "c inside": np.sqrt(c * np.log(t) / n) / c,
        "two for c": np.sqrt(2 * np.log(t) / n) / c,
        "two and c inside": np.sqrt(2 * c * np.log(t) / n) / c,
        "no c": np.sqrt(np.log(t) / n) / c,
        "log2": np.sqrt(np.log2(t) / n),
        "before": np.sqrt(np.log(max(t - 1, 1)) / n),
        "after": np.sqrt(np.log(t + 1) / n),
        "upside down": np.sqrt(n / np.log(max(t, 2))),
        "root of t": np.log(np.sqrt(t)) / n,
    }[made.get("bonus", "right")]
    return np.where(pulls > 0, means + c * bonus, untried)


def _by_formula_alone(means: np.ndarray, pulls: np.ndarray, t: int, c: float) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(means + c * np.sqrt(np.log(t) / pulls))


def _known_by_its_mean(means: np.ndarray, pulls: np.ndarray, t: int, c: float) -> np.ndarray:
    return np.where(means == 0, np.inf, _by_formula_alone(means, pulls, t, c))


def _arms(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, int, float]:
    pulls = rng.permutation([2, 3, 7, 20, 41])
    return rng.normal(size=5), pulls, int(pulls.sum()) + 1, float(rng.uniform(1.2, 3.0))


def _with_untried(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, int, float]:
    """Return arms of which two were never pulled; a mean of 0 is no sign of that.

    A tried arm may have brought 0 on average, and an untried one may have a first guess.
    """
    order = rng.permutation(5)
    pulls = np.array([0, 0, 2, 4, 9])[order]
    means = np.append([0.0, rng.normal(2, 0.5), 0.0], rng.normal(size=2))[order]
    return means, pulls, int(pulls.sum()) + 1, float(rng.uniform(1.2, 3.0))


def _fault(says: str, bonus: str) -> Fault:
    return Fault(says, lambda *inputs: _scored(*inputs, bonus=bonus))


check_ucb_scores = Exercise(
    item="10.3",
    lecture=LECTURE,
    name="ucb_scores",
    title="The score of UCB",
    reference=ucb_scores,
    rounds={
        "arms that were all pulled": _arms,
        "an arm that was never pulled comes first": _with_untried,
        "the first pull of all, where the logarithm is 0": lambda rng: (
            np.zeros(3),
            np.zeros(3, dtype=int),
            1,
            float(rng.uniform(1.2, 3.0)),
        ),
    },
    faults=(
        _fault(
            "t and n are exchanged in the bonus: what is rarely pulled gets the most", "swapped"
        ),
        _fault("the square root is missing", "no root"),
        _fault("the logarithm is missing: the bonus grows with ln t", "no logarithm"),
        _fault("the logarithm is of the arm's own pulls; it is of t, all pulls", "its own pulls"),
        _fault("the root is of n only; it is of the whole fraction ln t / n", "root of n only"),
        _fault(
            "the root is of ln t only; it is of the whole fraction ln t / n", "root of ln t only"
        ),
        _fault("ln is the natural logarithm: `np.log`, not `np.log10`", "log10"),
        _fault("ln is the natural logarithm: `np.log`, not `np.log2`", "log2"),
        _fault(
            "t counts the pull to come already: it is one more than the sum of `pulls`", "before"
        ),
        _fault("t counts the pull to come already: add nothing to it", "after"),
        _fault("the fraction is upside down: ln t is divided by the arm's pulls", "upside down"),
        _fault("the root is of t only; it is of the whole fraction ln t / n", "root of t"),
        _fault("c is missing before the root", "no c"),
        _fault("the bonus is divided by n + 1 pulls; n are meant", "one more"),
        _fault("the bonus is the same for all: divide by each arm's pulls", "no count"),
        _fault("the 2 under the root belongs to another version: here c alone scales it", "two"),
        _fault(
            "this is the version with a 2 under the root and no c: here c stands before it",
            "two for c",
        ),
        _fault("c is under the root; it stands before it", "c inside"),
        _fault(
            "c is under the root, and a 2 beside it: here c stands before the root, without a 2",
            "two and c inside",
        ),
        Fault(
            "an arm that was never pulled gets its mean; its bonus has no bound: give it inf",
            lambda means, pulls, t, c: np.where(pulls > 0, _scored(means, pulls, t, c), means),
        ),
        Fault(
            "an arm that was never pulled counts as pulled once; give it inf",
            lambda means, pulls, t, c: _scored(means, np.maximum(pulls, 1), t, c),
        ),
        *(
            Fault(
                "a mean of 0 counts as never pulled; ask the number of pulls, `pulls == 0`",
                lambda means, pulls, t, c, least=least: _known_by_its_mean(
                    means, np.maximum(pulls, least), t, c
                ),
            )
            for least in (0, 1)
        ),
        Fault(
            "an arm that was never pulled gets a large number; give it inf, `np.inf`",
            lambda means, pulls, t, c: _scored(means, pulls, t, c, untried=1e9),
        ),
        Fault(
            "an arm that was never pulled comes last with −inf; it comes first: give it inf",
            lambda means, pulls, t, c: _scored(means, pulls, t, c, untried=-np.inf),
        ),
        Fault(
            "an arm that was never pulled gets nan; give it inf",
            lambda means, pulls, t, c: _scored(means, pulls, t, c, untried=np.nan),
        ),
        Fault(
            "at the first pull the fraction is 0 / 0, which is nan: give an arm that was never"
            " pulled inf without the formula",
            _by_formula_alone,
        ),
        Fault(
            "only one of the arms that were never pulled gets inf; give it to each",
            lambda means, pulls, t, c: np.where(
                np.arange(len(pulls)) == np.argmin(pulls),
                _scored(means, pulls, t, c),
                _scored(means, np.maximum(pulls, 1), t, c),
            ),
        ),
        Fault(
            "all arms get inf as soon as one was never pulled; give it to that arm alone",
            lambda means, pulls, t, c: (
                _scored(means, np.full(len(pulls), 0), t, c)
                if np.any(pulls == 0)
                else _scored(means, pulls, t, c)
            ),
        ),
        Fault(
            "it returns the arm to pull; return the scores of all arms",
            lambda means, pulls, t, c: _scored(means, pulls, t, c).argmax(),
        ),
        Fault(
            "c multiplies the mean, too; it belongs to the bonus alone",
            lambda means, pulls, t, c: c * _scored(means, pulls, t, 1.0),
        ),
        Fault(
            "the bonus multiplies the mean; add it",
            lambda means, pulls, t, c: np.where(
                pulls > 0, means * _scored(0 * means, pulls, t, c), np.inf
            ),
        ),
        Fault(
            "the bonus is subtracted",
            lambda means, pulls, t, c: np.where(
                pulls > 0, 2 * means - _scored(means, pulls, t, c), np.inf
            ),
        ),
        Fault(
            "the mean is missing: this is the bonus alone",
            lambda means, pulls, t, c: _scored(0 * means, pulls, t, c),
        ),
        Fault(
            "the bonus is missing: these are the means",
            lambda means, pulls, t, c: np.where(pulls > 0, means, np.inf),
        ),
        Fault(
            "the root goes over the mean as well; it is of ln t / n alone",
            lambda means, pulls, t, c: np.where(
                pulls > 0, np.sqrt(means + c * np.log(t) / np.maximum(pulls, 1)), np.inf
            ),
        ),
        Fault(
            "brackets: c multiplies the root alone, and the mean is added",
            lambda means, pulls, t, c: np.where(
                pulls > 0, (means + c) * np.sqrt(np.log(t) / np.maximum(pulls, 1)), np.inf
            ),
        ),
        *(
            Fault(
                "a small number is added to the pulls; an arm that was never pulled gets inf"
                " itself",
                lambda means, pulls, t, c, least=least: (
                    means + c * np.sqrt(np.log(t) / (pulls + least))
                ),
            )
            for least in (1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12)
        ),
    ),
    hints=(
        "What does an arm deserve that was pulled rarely, and one that was never pulled?",
        "For the arms that were pulled: mean + c·√(ln t / n). Begin with an array of `np.inf`, so"
        " that the others come first.",
        """
        def ucb_scores(means, pulls, t, c):
            scores = np.full(len(means), ...)
            tried = pulls > 0
            scores[tried] = means[tried] + c * np.sqrt(...)
            return scores
        """,
    ),
)
