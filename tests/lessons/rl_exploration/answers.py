"""Right answers in several styles, and wrong ones that no fault of the exercises expresses."""

import numpy as np

from course_utils.lessons.rl_exploration.exercises.choosing import epsilon_greedy


def choice_by_probabilities(values, epsilon, rng):
    best = values == np.max(values)
    p = epsilon / len(values) + (1 - epsilon) * best / best.sum()
    return rng.choice(len(values), p=p)


def choice_with_shuffled_actions(values, epsilon, rng):
    order = rng.permutation(len(values))
    if rng.uniform() < epsilon:
        return order[0]
    return max(order, key=lambda action: values[action])


def an_array_of_the_best(values, epsilon, rng):
    return np.flatnonzero(values == values.max())


def value_instead_of_place(values, epsilon, rng):
    return values.max()


def a_number_with_a_point(values, epsilon, rng):
    return float(epsilon_greedy(values, epsilon, rng))


def a_range_that_ends_too_late(values, epsilon, rng):
    return int(rng.integers(len(values) + 1))


def a_generator_of_its_own(values, epsilon, rng):
    return epsilon_greedy(values, epsilon, np.random.default_rng(0))


def nothing_if_greedy(values, epsilon, rng):
    if rng.random() < epsilon:
        return int(rng.integers(len(values)))
    return None


def mean_by_sum(mean, n, reward):
    return (mean * n + reward) / (n + 1), n + 1


def mean_by_weights(mean, n, reward):
    w = 1 / (n + 1)
    return [(1 - w) * mean + w * reward, n + 1]


def ucb_with_where(means, pulls, t, c):
    with np.errstate(divide="ignore", invalid="ignore"):
        bonus = c * np.sqrt(np.log(t) / pulls)
    return np.where(pulls == 0, np.inf, means + bonus)


def ucb_in_a_loop(means, pulls, t, c):
    return [
        m + c * (np.log(t) / n) ** 0.5 if n else float("inf")
        for m, n in zip(means, pulls, strict=True)
    ]


def q_in_one_line(Q, state, action, reward, after, terminated, alpha, gamma):
    new = np.array(Q)
    new[state, action] = (1 - alpha) * Q[state, action] + alpha * (
        reward + gamma * max(Q[after]) * (not terminated)
    )
    return new


def q_by_mask(Q, state, action, reward, after, terminated, alpha, gamma):
    here = np.zeros_like(Q)
    here[state, action] = 1
    target = reward + (0 if terminated else gamma * np.max(Q, axis=1)[after])
    return Q + alpha * here * (target - Q)


def q_in_place(Q, state, action, reward, after, terminated, alpha, gamma):
    target = reward + (0 if terminated else gamma * Q[after].max())
    Q[state, action] += alpha * (target - Q[state, action])
    return Q


def sarsa_in_one_line(Q, state, action, reward, after, following, terminated, alpha, gamma):
    new = Q + 0
    worth = 0 if terminated else Q[after][following]
    new[state][action] = (1 - alpha) * Q[state][action] + alpha * (reward + gamma * worth)
    return new


def sarsa_by_lists(Q, state, action, reward, after, following, terminated, alpha, gamma):
    rows = [list(row) for row in Q]
    error = reward - rows[state][action]
    if not terminated:
        error += gamma * rows[after][following]
    rows[state][action] += alpha * error
    return rows


def sarsa_in_place(Q, state, action, reward, after, following, terminated, alpha, gamma):
    return q_in_place(Q, state, action, reward, after, terminated, alpha, gamma)


RIGHT = {
    "epsilon_greedy": [choice_by_probabilities, choice_with_shuffled_actions],
    "incremental_mean": [mean_by_sum, mean_by_weights],
    "ucb_scores": [ucb_with_where, ucb_in_a_loop],
    "q_update": [q_in_one_line, q_by_mask],
    "sarsa_update": [sarsa_in_one_line, sarsa_by_lists],
}

WRONG = {
    "epsilon_greedy": [
        (an_array_of_the_best, "one action, not an array"),
        (a_number_with_a_point, "a whole number"),
        (a_range_that_ends_too_late, "where the range ends"),
        (a_generator_of_its_own, "the `rng` that is given"),
        (value_instead_of_place, "not its value"),
        (nothing_if_greedy, "returns None"),
    ],
    "incremental_mean": [(lambda mean, n, reward: mean_by_sum(mean, n, reward)[0], "separated by")],
    "ucb_scores": [(lambda means, pulls, t, c: ucb_with_where(means, pulls, t, c).max(), "shape")],
    "q_update": [(q_in_place, "in-place")],
    "sarsa_update": [(sarsa_in_place, "in-place")],
}
