"""Right answers in several styles, and wrong ones as a student writes them."""

import warnings

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


def choice_with_a_little_noise(values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(len(values))
    return (values + 1e-9 * rng.random(len(values))).argmax()


def choice_of_what_is_close(values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(len(values))
    return rng.choice(np.flatnonzero(np.isclose(values, values.max())))


def too_much_noise(values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(len(values))
    return (values + 0.5 * rng.random(len(values))).argmax()


def a_wide_tolerance(values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(len(values))
    return rng.choice(np.flatnonzero(values >= values.max() - 0.3))


def a_rounded_number(values, epsilon, rng):
    if rng.random() < epsilon:
        return round(rng.random() * (len(values) - 1))
    return rng.choice(np.flatnonzero(values == values.max()))


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


def a_truth_value(values, epsilon, rng):
    if rng.random() < epsilon:
        return int(rng.integers(len(values)))
    return rng.choice(values == values.max())


def a_truth_value_of_python(values, epsilon, rng):
    return bool(a_truth_value(values, 0.0, rng))


def a_place_after_a_shuffle(values, epsilon, rng):
    if rng.random() < epsilon:
        return int(rng.integers(len(values)))
    order = rng.permutation(len(values))
    return int(values[order].argmax())


def nothing_if_greedy(values, epsilon, rng):
    if rng.random() < epsilon:
        return int(rng.integers(len(values)))
    return None


def mean_by_sum(mean, n, reward):
    return (mean * n + reward) / (n + 1), n + 1


def mean_by_weights(mean, n, reward):
    w = 1 / (n + 1)
    return [(1 - w) * mean + w * reward, n + 1]


def mean_by_sum_without_brackets(mean, n, reward):
    return (mean * n + reward) / n + 1, n + 1


def mean_by_distance_without_brackets(mean, n, reward):
    return mean + (reward - mean) / n + 1, n + 1


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


def ucb_with_all_under_the_root(means, pulls, t, c):
    with np.errstate(divide="ignore", invalid="ignore"):
        bonus = np.sqrt(c * 2 * np.log(t) / pulls)
    return np.where(pulls == 0, np.inf, means + bonus)


def ucb_of_a_mean_of_zero(means, pulls, t, c):
    return np.where(means == 0, np.inf, means + c * np.sqrt(np.log(t) / pulls))


def updated(Q, state, action, value):
    new = np.array(Q)
    new[state, action] = value
    return new


def q_target(Q, reward, after, terminated, gamma):
    return reward + gamma * np.max(Q[after]) * (not terminated)


def q_without_the_old_value(Q, state, action, reward, after, terminated, alpha, gamma):
    value = alpha * q_target(Q, reward, after, terminated, gamma)
    return updated(Q, state, action, value)


def q_with_a_rate_on_the_reward(Q, state, action, reward, after, terminated, alpha, gamma):
    kept = (1 - alpha) * Q[state, action] + alpha * reward
    return updated(Q, state, action, kept + gamma * np.max(Q[after]) * (not terminated))


def q_with_the_discount_on_a_difference(Q, state, action, reward, after, terminated, alpha, gamma):
    new = np.array(Q)
    follows = 0 if terminated else np.max(Q[after])
    new[state, action] += alpha * (reward + gamma * (follows - Q[state, action]))
    return new


def q_backwards(Q, state, action, reward, after, terminated, alpha, gamma):
    return q_in_one_line(Q, after, action, reward, state, terminated, alpha, gamma)


def q_less_the_highest(Q, state, action, reward, after, terminated, alpha, gamma):
    error = q_target(Q, reward, after, terminated, gamma) - Q[state].max()
    return updated(Q, state, action, Q[state, action] + alpha * error)


def q_of_what_follows_the_end(Q, state, action, reward, after, terminated, alpha, gamma):
    target = gamma * Q[after].max() + (0 if terminated else reward)
    return updated(Q, state, action, Q[state, action] + alpha * (target - Q[state, action]))


def q_half_changed(Q, state, action, reward, after, terminated, alpha, gamma):
    new = Q.copy()
    new[state, action] *= 1 - alpha
    new[state, action] += alpha * (reward + (0 if terminated else gamma * new[after].max()))
    return new


def q_with_a_tilde(Q, state, action, reward, after, terminated, alpha, gamma):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # later versions of Python warn of `~` before a truth value
        target = reward + gamma * Q[after].max() * ~terminated
    return updated(Q, state, action, Q[state, action] + alpha * (target - Q[state, action]))


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


def sarsa_without_the_old_value(
    Q, state, action, reward, after, following, terminated, alpha, gamma
):
    value = alpha * (reward + (0 if terminated else gamma * Q[after, following]))
    return updated(Q, state, action, value)


def sarsa_with_a_rate_on_the_reward(
    Q, state, action, reward, after, following, terminated, alpha, gamma
):
    kept = (1 - alpha) * Q[state, action] + alpha * reward
    return updated(Q, state, action, kept + (0 if terminated else gamma * Q[after, following]))


def sarsa_with_the_discount_on_a_difference(
    Q, state, action, reward, after, following, terminated, alpha, gamma
):
    follows = 0 if terminated else Q[after, following]
    error = reward + gamma * (follows - Q[state, action])
    return updated(Q, state, action, Q[state, action] + alpha * error)


def sarsa_with_actions_exchanged(
    Q, state, action, reward, after, following, terminated, alpha, gamma
):
    target = reward if terminated else reward + gamma * Q[after, action]
    old = Q[state, following]
    return updated(Q, state, following, old + alpha * (target - old))


def sarsa_less_the_next_value(Q, state, action, reward, after, following, terminated, alpha, gamma):
    target = reward if terminated else reward + gamma * Q[after, following]
    value = Q[state, action] + alpha * (target - Q[after, following])
    return updated(Q, state, action, value)


def sarsa_half_changed(Q, state, action, reward, after, following, terminated, alpha, gamma):
    new = Q.copy()
    new[state, action] *= 1 - alpha
    new[state, action] += alpha * (reward + (0 if terminated else gamma * new[after, following]))
    return new


def sarsa_with_a_tilde(Q, state, action, reward, after, following, terminated, alpha, gamma):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        target = reward + gamma * Q[after, following] * ~terminated
    return updated(Q, state, action, Q[state, action] + alpha * (target - Q[state, action]))


def sarsa_in_place(Q, state, action, reward, after, following, terminated, alpha, gamma):
    return q_in_place(Q, state, action, reward, after, terminated, alpha, gamma)


RIGHT = {
    "epsilon_greedy": [
        choice_by_probabilities,
        choice_with_shuffled_actions,
        choice_with_a_little_noise,
        choice_of_what_is_close,
    ],
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
        (a_truth_value, "a truth value"),
        (a_truth_value_of_python, "a truth value"),
        (a_place_after_a_shuffle, "a place in the shuffled values"),
        (nothing_if_greedy, "returns None"),
        (too_much_noise, "values that lie close count as equal"),
        (a_wide_tolerance, "values that lie close count as equal"),
        (a_rounded_number, "half as often as the others"),
    ],
    "incremental_mean": [
        (lambda mean, n, reward: mean_by_sum(mean, n, reward)[0], "separated by"),
        (mean_by_sum_without_brackets, "the sum is divided by n + 1 as a whole"),
        (mean_by_distance_without_brackets, "the distance is divided by n + 1 as a whole"),
    ],
    "ucb_scores": [
        (lambda means, pulls, t, c: ucb_with_where(means, pulls, t, c).max(), "shape"),
        (ucb_with_all_under_the_root, "c is under the root, and a 2 beside it"),
        (ucb_of_a_mean_of_zero, "a mean of 0 counts as never pulled"),
    ],
    "q_update": [
        (q_in_place, "in-place"),
        (q_without_the_old_value, "α · target alone"),
        (q_with_a_rate_on_the_reward, "α stands before the reward only"),
        (q_with_the_discount_on_a_difference, "not the old value as well"),
        (q_backwards, "`state` and `after` are exchanged"),
        (q_less_the_highest, "the highest value of the state is taken away"),
        (q_of_what_follows_the_end, "the reward is dropped and what follows is kept"),
        (q_half_changed, "read from the table that is already changed"),
        (q_with_a_tilde, "write `not terminated`"),
    ],
    "sarsa_update": [
        (sarsa_in_place, "in-place"),
        (sarsa_without_the_old_value, "α · target alone"),
        (sarsa_with_a_rate_on_the_reward, "α stands before the reward only"),
        (sarsa_with_the_discount_on_a_difference, "not the old value as well"),
        (sarsa_with_actions_exchanged, "`action` and `following` are exchanged"),
        (sarsa_less_the_next_value, "the next action's value is taken away"),
        (sarsa_half_changed, "read from the table that is already changed"),
        (sarsa_with_a_tilde, "write `not terminated`"),
    ],
}
