"""What lecture 10 contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

_TOPIC = "exploring"

FORMULAS = (
    Formula(
        _TOPIC,
        "Mean, reward by reward",
        r"Q_{n+1} = Q_n + \frac{1}{n+1}\,(r - Q_n)",
        "If the worth drifts: a constant step instead.",
    ),
    Formula(
        _TOPIC,
        "ε-greedy",
        r"\pi(a) = \frac{\varepsilon}{K} + (1 - \varepsilon)\,"
        r"\frac{[a \text{ is best}]}{\text{number of best}}",
        "Exploits with $1 - \\varepsilon$, explores with $\\varepsilon$.",
    ),
    Formula(
        _TOPIC,
        "UCB",
        r"\text{score}(a) = Q(a) + c \sqrt{\frac{\ln t}{n_a}}",
        "$n_a = 0$ comes first.",
    ),
    Formula(
        _TOPIC,
        "Q-learning",
        r"y = r + \gamma \max_{a'} Q(s',a'), \quad Q(s,a) \leftarrow Q(s,a) + \alpha\,(y - Q(s,a))",
        "If $s'$ terminates the target $y$ is $r$.",
    ),
    Formula(
        _TOPIC,
        "SARSA",
        r"Q(s,a) \leftarrow Q(s,a) + \alpha\,\big(r + \gamma\, Q(s',a') - Q(s,a)\big)",
        "$a'$ is the action that is taken next.",
    ),
)
