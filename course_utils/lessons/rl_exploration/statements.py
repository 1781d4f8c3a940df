"""Statements about exploring: rows that say what is measured and what makes each true."""

from course_utils.exam.statements import Pool, Statement
from course_utils.lessons.rl_exploration.measurements import arms, walks

_STUCK = (
    "In the last 900 of 1000 pulls, {greedy:percent} of 500 greedy runs pulled one and the same arm"
    " that was not the best; with ε = 0.1, {exploring:percent}."
)
_LATE = (
    "In the last 100 of 1000 pulls {constant:percent} are of the best arm with ε = 0.1, and"
    " {decaying:percent} with an ε that decays as 10/t; the regret of a pull is"
    " {constant_regret:.2f} and {decaying_regret:.2f}."
)
_OPTIMISM = (
    "The first ten pulls were of ten different arms in {optimistic:percent} of 500 greedy runs that"
    " started at 5, and in {greedy:percent} of those that started at 0."
)
_STEPS = (
    "Regret of 1000 pulls with ε = 0.1, by means and by a constant step of 0.1:"
    " {mean_drifting:.0f} and {constant_drifting:.0f} where the worth walks, {mean_noisy:.0f} and"
    " {constant_noisy:.0f} where it stays and the noise is doubled."
)
_ORDER = (
    "Regret of 1000 pulls by Thompson sampling and by UCB: {thompson:.0f} and {ucb:.0f} where the"
    " arms stay, {thompson_drifting:.0f} and {ucb_drifting:.0f} where their worth walks."
)
_CLIFF = (
    "With ε = 0.1 the last 100 of 500 episodes brought a reward of {q_online:.1f} each on average"
    " with Q-learning, and of {sarsa_online:.1f} with SARSA. Without random moves the learned"
    " greedy policies bring {q_learned:.1f} and {sarsa_learned:.1f} an episode (medians of ten"
    " seeds). Q-learning that never explored: {unexploring:.1f} with the worst of ten seeds; the"
    " best possible is −13."
)
_ATTAINABLE = (
    "The best policy reaches the goal in {in_100:.1percent} of the episodes of 100 steps, and in"
    " {without_limit:.1percent} of those without a limit; the shortest way of dry ground in"
    " {shortest:.1percent}."
)
_LAKE = (
    "After 1500 episodes the learned policies reach the goal in {greedy:percent} of the episodes"
    " (greedy, values start at 0), {falling:percent} (ε falls from 1 to 0) and {optimistic:percent}"
    " (greedy, values start at 1: within 0.03 of the best attainable in {near_the_best} of five"
    " seeds); in {unmasked:percent} if, from that start, something is taken"
    " over from beyond the end."
)
_TIES = (
    "Of five greedy learners that started from equal values, {fair} learned the way with fair ties,"
    " and {first} with the first of equal actions."
)
_LIMITS = (
    "The start's value is −13. Cut off after 15 moves, it was learned as {bootstrapped:.1f} if"
    " only the goal is an end, and as {cut:.1f} if the cut counts as one."
)
_LEFT = (
    "With LEFT first, and then the best moves, the goal is reached within 100 steps with the"
    " probability {left:.3f}; with the best other move first, {best_other:.3f}."
)
_DETOUR = (
    "Computed exactly, the best way has {unexploring} moves with ε = 0, {exploring} with 0.1 and"
    " {exploring_much} with 0.3."
)

EXAM = (
    Statement(
        "stuck",
        "A greedy learner on ten arms, all estimates 0 at first, ends up on the best arm in nine"
        " of ten runs of 1000 pulls, as its estimates become exact with time.",
        arms.stuck,
        lambda m: m.greedy < 0.1,
        _STUCK,
        False,
    ),
    Statement(
        "cliff",
        "On the cliff, Q-learning with ε = 0.1 gets less reward while it learns than SARSA, and"
        " its greedy policy at the end is the better one.",
        walks.cliff,
        lambda m: m.q_online < m.sarsa_online - 5 and m.q_learned > m.sarsa_learned + 1,
        _CLIFF,
        True,
    ),
    Statement(
        "attainable",
        "On the slippery 4 × 4 lake a well trained agent reaches the goal in more than 95 % of the"
        " episodes.",
        walks.attainable,
        lambda m: m.in_100 > 0.95,
        _ATTAINABLE,
        False,
    ),
    Statement(
        "steps",
        "With ε-greedy, ε = 0.1, a constant step of 0.1 has less regret than the mean on ten arms"
        " that begin at 0 and walk by N(0, 0.03²) at each pull, and not on arms that stay and"
        " have twice the noise.",
        arms.steps,
        lambda m: (
            m.constant_drifting < m.mean_drifting - 20 and m.constant_noisy > m.mean_noisy - 10
        ),
        _STEPS,
        True,
    ),
)
"""The four that the lecture asks first."""

_MORE = (
    Statement(
        "stuck",
        "A greedy learner on ten arms, all estimates 0 at first, pulls one wrong arm in all of the"
        " last 900 of 1000 pulls in more than a third of the runs.",
        arms.stuck,
        lambda m: m.greedy > 1 / 3,
        _STUCK,
        True,
    ),
    Statement(
        "late",
        "With ε = 0.1 for ever, the share of pulls of the best arm is close to 1 after 900.",
        arms.late,
        lambda m: m.constant > 0.97,
        _LATE,
        False,
    ),
    Statement(
        "late",
        "An ε that decays as 10/t has less regret a pull, after 900 pulls, than ε = 0.1 for ever.",
        arms.late,
        lambda m: m.decaying_regret < m.constant_regret - 0.03,
        _LATE,
        True,
    ),
    Statement(
        "optimism",
        "Estimates that start far too high make a greedy learner try each of ten arms in its first"
        " ten pulls.",
        arms.optimism,
        lambda m: m.optimistic > 0.95,
        _OPTIMISM,
        True,
    ),
    Statement(
        "optimism",
        "It takes random pulls to make a learner try each arm: a greedy one leaves out some in"
        " its first ten pulls, whatever its estimates start from.",
        arms.optimism,
        lambda m: m.optimistic < 0.05,
        _OPTIMISM,
        False,
    ),
    Statement(
        "steps",
        "With ε-greedy, a constant step of 0.1 has less regret than the mean as soon as the rewards"
        " are noisy, also where the worth of the arms stays as it is.",
        arms.steps,
        lambda m: m.constant_noisy < m.mean_noisy - 10,
        _STEPS,
        False,
    ),
    Statement(
        "order",
        "Thompson sampling with a prior for fixed arms has less regret than UCB, c = 2, on arms"
        " that walk by N(0, 0.03²) at each pull, as on arms that stay.",
        arms.order,
        lambda m: m.thompson < m.ucb and m.thompson_drifting < m.ucb_drifting,
        _ORDER,
        False,
    ),
    Statement(
        "order",
        "Which has less regret, UCB with c = 2 or Thompson sampling with a prior for fixed arms,"
        " depends on whether the arms stay or walk by N(0, 0.03²) at each pull.",
        arms.order,
        lambda m: (m.thompson < m.ucb) != (m.thompson_drifting < m.ucb_drifting),
        _ORDER,
        True,
    ),
    Statement(
        "cliff",
        "Of Q-learning and SARSA, both with ε = 0.1 on the cliff, the one with the better greedy"
        " policy also gets more reward while it learns.",
        walks.cliff,
        lambda m: (m.q_online > m.sarsa_online) == (m.q_learned > m.sarsa_learned),
        _CLIFF,
        False,
    ),
    Statement(
        "cliff",
        "From a table of zeros, Q-learning with fair ties and not a single random move learns the"
        " shortest way along the cliff.",
        walks.cliff,
        lambda m: m.unexploring > -13.5,
        _CLIFF,
        True,
    ),
    Statement(
        "attainable",
        "On the slippery 4 × 4 lake the best policy there is fails in about a quarter of the"
        " episodes of 100 steps.",
        walks.attainable,
        lambda m: 0.2 < 1 - m.in_100 < 0.3,
        _ATTAINABLE,
        True,
    ),
    Statement(
        "lake",
        "On the slippery lake, Q-learning from a table of zeros and with ε = 0 comes near the best"
        " attainable policy in 1500 episodes.",
        walks.lake,
        lambda m: m.greedy > 0.6,
        _LAKE,
        False,
    ),
    Statement(
        "lake",
        "With all values 1 at first, Q-learning with ε = 0 learns, in most of five seeds, a policy"
        " for the slippery lake that is near the best attainable.",
        walks.lake,
        lambda m: m.near_the_best >= 3,
        _LAKE,
        True,
    ),
    Statement(
        "ties",
        "Which of several equally good actions is taken makes no difference to what a greedy"
        " learner learns on the lake that is not slippery.",
        walks.ties,
        lambda m: abs(m.fair - m.first) <= 2,
        _TIES,
        False,
    ),
    Statement(
        "limits",
        "After a cut by a limit of moves, as after the goal, the target is the last reward alone.",
        walks.limits,
        lambda m: abs(m.cut + 13) < abs(m.bootstrapped + 13),
        _LIMITS,
        False,
    ),
    Statement(
        "limits",
        "Treating the cut after 15 moves as an end makes the start of the cliff look better than"
        " it is.",
        walks.limits,
        lambda m: m.cut > m.bootstrapped + 0.2,
        _LIMITS,
        True,
    ),
    Statement(
        "left",
        "For reaching the goal of the slippery lake within 100 steps, the best first move is LEFT,"
        " against the wall, although the goal lies to the right and below.",
        walks.left,
        lambda m: m.left > m.best_other + 0.001,
        _LEFT,
        True,
    ),
    Statement(
        "detour",
        "The best way along the cliff is the shortest one, however large the share of random moves"
        " is that one makes.",
        walks.detour,
        lambda m: m.unexploring == m.exploring == m.exploring_much,
        _DETOUR,
        False,
    ),
)

POOL = Pool(*EXAM, *_MORE)
