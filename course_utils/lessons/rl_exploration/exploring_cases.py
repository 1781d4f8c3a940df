"""The learners that exam item 2.2 asks about: their rubrics, and what running them shows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from course_utils.exam.kinds.short_text import Criterion, Sample
from course_utils.exam.text_item import Case
from course_utils.lessons.rl_exploration.bandits import GREEDY, Policy, race
from course_utils.lessons.rl_exploration.exploring_settings import Setting
from course_utils.seeds import seeds
from course_utils.typography import number

_RUNS = 500


@dataclass(frozen=True)
class Learner:
    """The facts: where something is chosen, how, and by which share at random."""

    setting: Setting | None
    how: str
    epsilon: float = 0.0


class Found(NamedTuple):
    """What 1000 choices from ten give, over many runs."""

    regret: float
    best: float  # share of the best choice in the last tenth
    stuck: float  # share of runs on one wrong choice in the last nine tenths


@cache
def measured(policy: Policy) -> Found:
    """Run a policy on ten arms."""
    ran = race(policy, seeds(1)[0], runs=_RUNS)
    return Found(float(ran.total.mean()), float(ran.best[-100:].mean()), float(ran.stuck.mean()))


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _defined(_: Learner) -> Case:
    greedy, exploring = measured(GREEDY), measured(Policy(epsilon=0.1))
    return Case(
        scenario=(
            "An agent learns by reinforcement: it acts, and is told a reward. Explain what it does"
            " when it *exploits*, what it does when it *explores*, and what each is good for."
        ),
        rubric=(
            Criterion(
                "Exploiting: it takes the action that looks best by what it has learned so far, to"
                " get much reward now.",
                1,
                f"Measured with ten arms: what looked best stayed the wrong arm in"
                f" {_percent(greedy.stuck)} of the runs that did nothing else.",
            ),
            Criterion(
                "Exploring: it tries an action that looks worse or is little known, to learn what"
                " that is worth; it may turn out better and bring more later.",
                1,
                f"Measured: with every tenth pull at random, {_percent(exploring.best)} of the late"
                f" pulls were of the best arm, instead of {_percent(greedy.best)}.",
            ),
        ),
        full=Sample(
            "<1>Exploitation uses what is known: the agent takes the action with the highest"
            " estimated value, so that it gets reward now.</1> <2>Exploration gives up some of that"
            " reward to try other actions; their estimates become better, and one of them may be"
            " better in the long run than what looked best.</2>"
        ),
        partial=Sample(
            "<1>When it exploits, the agent chooses what has the highest estimated reward so far,"
            " to earn as much as it can now.</1> When it explores it is still in training and its"
            " learning rate is high.",
            lacks={
                2: "It does not say that other actions are tried to learn what they are worth: the"
                " learning rate is another matter."
            },
        ),
        derivation=_conditions(),
        lines=5,
    )


def _greedy(facts: Learner) -> Case:
    setting = _of(facts)
    found, exploring = measured(GREEDY), measured(Policy(epsilon=0.1))
    one = setting.choice
    return Case(
        scenario=(
            f"{setting.who} chooses, again and again, from {setting.choices}. It keeps the mean of"
            f" what each {one} has brought so far ({setting.reward}, counted up or down from the"
            " usual number), 0 for those not tried yet, and takes the highest mean each time.\n\n"
            "Does it explore, or exploit? What can go wrong, and what would you change?"
        ),
        rubric=(
            Criterion(
                f"It only exploits: it takes the {one} that looks best by what it has seen so far.",
                0.5,
                "The highest mean so far is what looks best.",
            ),
            Criterion(
                f"It can stay with a {one} that is not the best, since it gets no more news of the"
                " others.",
                1,
                f"Measured: {_percent(found.stuck)} of the runs stayed with one wrong choice.",
            ),
            Criterion(
                "Remedy: it must explore, as by a random choice now and then (ε-greedy), high first"
                " estimates, or a bonus for what was tried rarely.",
                0.5,
                f"Measured: with every tenth choice at random, {_percent(exploring.stuck)} of the"
                " runs stayed with a wrong one.",
            ),
        ),
        full=Sample(
            f"<1>It exploits and never explores: the {one} with the best mean is taken.</1> <2>If"
            f" the best {one} was tried too early on a bad day, or not at all, its mean stays low"
            f" and it is not tried again, so that a worse {one} is used for good.</2> <3>Let it"
            " take a random one in some percent of the cases.</3>"
        ),
        partial=Sample(
            f"<1>This is pure exploitation, because the best {one} so far is always taken.</1>"
            " Given enough time the means become exact, so it will be right in the end.",
            lacks={
                2: "It does not see that only the mean of what is taken becomes exact.",
                3: "No remedy is named: nothing makes it try the others.",
            },
        ),
        derivation=_conditions(),
    )


def _random(facts: Learner) -> Case:
    setting = _of(facts)
    found, exploring = measured(Policy(epsilon=1.0)), measured(Policy(epsilon=0.1))
    one = setting.choice
    return Case(
        scenario=(
            f"{setting.who} chooses, again and again, from {setting.choices}: each time one of them"
            f" is drawn evenly from all. What each {one} brings ({setting.reward}) is written down,"
            " carefully.\n\nDoes it explore, or exploit? What is wrong with that in the long run,"
            " and what would you change?"
        ),
        rubric=(
            Criterion(
                f"It only explores: every {one} is tried, whatever is known of it.",
                0.5,
                "A draw from all does not depend on what was seen.",
            ),
            Criterion(
                f"It learns what each {one} is worth and does not use it: the reward stays that of"
                " an average choice.",
                1,
                f"Measured: the best was taken in {_percent(found.best)} of the late choices.",
            ),
            Criterion(
                f"Remedy: exploit as well, that is, take mostly the {one} with the best mean so"
                " far, and draw at random more and more rarely.",
                0.5,
                f"Measured: with every tenth choice at random it was {_percent(exploring.best)}.",
            ),
        ),
        full=Sample(
            "<1>All of it is exploration; the choice does not depend on what was found out.</1>"
            f" <2>After a while it knows very well which {one} is best, but it goes on taking"
            " all of them equally often and so earns no more than on the first day.</2> <3>It"
            " should take the best so far most of the time, and now and then a random one.</3>"
        ),
        partial=Sample(
            "<1>It explores only.</1> That is right, because without exploring it could miss the"
            f" best {one}.",
            lacks={
                2: "It does not say that what was learned is not used for more reward.",
                3: "It names no exploitation as a remedy.",
            },
        ),
        derivation=_conditions(),
    )


def _both(facts: Learner) -> Case:
    setting = _of(facts)
    share = facts.epsilon
    constant = measured(Policy(epsilon=share))
    decaying = measured(Policy(epsilon=share, decays=True))
    one = setting.choice
    return Case(
        scenario=(
            f"{setting.who} chooses, again and again, from {setting.choices}. In {_percent(share)}"
            f" of the cases one is drawn evenly from all; otherwise the {one} that has brought most"
            f" on average so far ({setting.reward}) is taken. This goes on for years.\n\nWhich of"
            " these choices explore, which exploit, and what is each good for? What does the fixed"
            " share cost in the long run?"
        ),
        rubric=(
            Criterion(
                f"Exploiting: taking the {one} that looks best so far, for reward now.",
                0.5,
                f"That is what happens in {_percent(1 - share)} of the cases.",
            ),
            Criterion(
                f"Exploring: drawing one from all, to learn what each is worth; a better {one} may"
                " be found.",
                0.5,
                f"Measured: {_percent(constant.best)} of the late choices were the best, with an"
                f" exploiting learner alone {_percent(measured(GREEDY).best)}.",
            ),
            Criterion(
                f"The fixed share goes on taking worse ones long after the best {one} is known; let"
                " it fall with time.",
                1,
                f"Measured over 1000 choices: {number(constant.regret, '.0f')} lost with the fixed"
                f" share, {number(decaying.regret, '.0f')} with one that falls as 1/t.",
            ),
        ),
        full=Sample(
            f"<1>Exploitation is the usual case, taking the {one} with the best mean, because that"
            " pays now.</1> <2>The random draws are exploration: only they tell whether another one"
            f" is better.</2> <3>Once the best {one} is known, every random draw is mostly a loss,"
            " for ever; the share should become smaller with time.</3>"
        ),
        partial=Sample(
            f"<2>Random choices explore: they find out about every {one}.</2> <1>The others exploit"
            " what is known so far, to get the reward.</1> A fixed share is best, since the learner"
            " goes on learning.",
            lacks={3: "It does not see that the random share costs reward for ever."},
        ),
        derivation=_conditions(),
    )


def _of(facts: Learner) -> Setting:
    assert facts.setting is not None
    return facts.setting


def _conditions() -> str:
    return (
        f"Measured in {_RUNS} runs of 1000 choices from ten; their worth was drawn from a standard"
        " normal distribution, and a reward is the worth plus standard normal noise. *Late* are the"
        " last 100 choices."
    )


CASES: dict[str, Callable[[Learner], Case]] = {
    "defined": _defined,
    "greedy": _greedy,
    "random": _random,
    "both": _both,
}
"""How a learner chooses → its case."""
