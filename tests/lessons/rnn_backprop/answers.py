"""Right answers in several styles, and wrong ones that no `Fault` of the exercises expresses."""

import numpy as np


def forward_with_lists(x, w, h_0):
    o, h = [], [h_0]
    for value in x:
        o.append(h[-1] + value)
        h.append(w * o[-1])
    return o, h


def forward_in_closed_form(x, w, h_0):
    """h_t = w^t h_0 + Σ w^(t−k+1) x_k, as the cell is linear."""
    h = np.array(
        [w**t * h_0 + sum(w ** (t - k) * x[k] for k in range(t)) for t in range(len(x) + 1)]
    )
    return h[:-1] + x, h


def forward_shifted(x, w, h_0):
    """h without its start and with what would be one step more."""
    o, h = forward_with_lists(x, w, h_0)
    return o, [*h[1:], w * h[-1]]


def forward_of_whole_numbers(x, w, h_0):
    o, h = np.zeros_like(x), np.zeros(len(x) + 1)
    h[0] = h_0
    for t in range(len(x)):
        o[t] = h[t] + x[t]
        h[t + 1] = w * o[t]
    return o, h


def forward_from_the_second(x, w, h_0):
    o, h = np.zeros(len(x)), np.zeros(len(x) + 1)
    h[0] = h_0
    for t in range(1, len(x)):
        o[t] = h[t - 1] + x[t]
        h[t] = w * o[t]
    return o, h


def forward_made_anew(x, w, h_0):
    o, h = np.zeros(len(x)), np.zeros(len(x) + 1)
    h[0] = h_0
    for t in range(len(x)):
        o[t] = h[t] + x[t]
        h[t + 1] = w * h[t] + x[t]
    return o, h


def forward_from_a_weighted_start(x, w, h_0):
    o, h = np.zeros(len(x)), np.zeros(len(x) + 1)
    h[0] = w * h_0
    for t in range(len(x)):
        o[t] = h[t] + x[t]
        h[t + 1] = w * o[t]
    return o, h


def forward_weighing_the_state_alone(x, w, h_0):
    o, h = np.zeros(len(x)), np.zeros(len(x) + 1)
    h[0] = h_0
    for t in range(len(x)):
        h[t + 1] = o[t] = w * h[t] + x[t]
    return o, h


def forward_reading_ahead(x, w, h_0):
    o, h = np.zeros(len(x)), np.zeros(len(x) + 1)
    h[0] = h_0
    for t in range(len(x)):
        o[t] = h[t + 1] + x[t]
        h[t + 1] = w * o[t]
    return o, h


def step_back_in_one_fraction(y, yhat, o, w, dL_dh_next):
    dL_dh = (yhat - y) / (yhat * (1 - yhat)) + dL_dh_next * w
    return (yhat - y) / (yhat * (1 - yhat)), dL_dh, dL_dh * w, dL_dh * o


def step_back_as_array(y, yhat, o, w, dL_dh_next):
    own = (1 - y) / (1 - yhat) - y / yhat
    total = own + w * dL_dh_next
    return np.array([own, total, w * total, o * total])


def bptt_by_powers(x, y, w, h):
    """Every loss acts on every earlier state by a power of w; no loop."""
    own = (h[1:] - y) / (h[1:] * (1 - h[1:]))
    steps = np.arange(len(x))
    later = np.triu(float(w) ** np.abs(steps[None, :] - steps[:, None]))
    dL_dh = later @ own
    return dL_dh, dL_dh * h[1:] / w, (dL_dh * h[1:] / w).sum()


def bptt_with_lists(x, y, w, h):
    dL_dh, dL_dw_at, dL_dw, later = [], [], 0.0, 0.0
    for before, after, value, label in zip(h[-2::-1], h[:0:-1], x[::-1], y[::-1], strict=True):
        total = -label / after + (1 - label) / (1 - after) + later
        later = w * total
        dL_dh.insert(0, total)
        dL_dw_at.insert(0, (before + value) * total)
        dL_dw += dL_dw_at[0]
    return dL_dh, dL_dw_at, dL_dw


def bptt_with(change):
    def answer(x, y, w, h):
        dL_dh, dL_dw_at, _ = bptt_by_powers(x, y, w, h)
        return change(dL_dh, dL_dw_at)

    return answer


def bptt_of(o_of, factor_of):
    """Go back with this o, and this factor before what comes back."""

    def answer(x, y, w, h):
        dL_dh, dL_dw_at, dL_dh_next = np.zeros(len(x)), np.zeros(len(x)), 0.0
        for t in reversed(range(len(x))):
            yhat, o_t = h[t + 1], o_of(x[t], w, h[t])
            dL_dh[t] = -y[t] / yhat + (1 - y[t]) / (1 - yhat) + factor_of(w, o_t) * dL_dh_next
            dL_dw_at[t] = o_t * dL_dh[t]
            dL_dh_next = dL_dh[t]
        return dL_dh, dL_dw_at, dL_dw_at.sum()

    return answer


def bptt_weighing_both_ways(x, y, w, h):
    dL_dh, dL_dw_at, dL_dh_next = np.zeros(len(x)), np.zeros(len(x)), 0.0
    for t in reversed(range(len(x))):
        yhat = h[t + 1]
        dL_dh[t] = w * (-y[t] / yhat + (1 - y[t]) / (1 - yhat) + dL_dh_next)
        dL_dw_at[t] = (h[t] + x[t]) * dL_dh[t]
        dL_dh_next = dL_dh[t]
    return dL_dh, dL_dw_at, dL_dw_at.sum()


def bptt_storing_the_sums_derivative(x, y, w, h):
    dL_dh, dL_dw_at, dL_dw = bptt_by_powers(x, y, w, h)
    return w * dL_dh, dL_dw_at, dL_dw


def one_step_wrong(dL_dh, dL_dw_at):
    dL_dh = dL_dh.copy()
    dL_dh[1:3] += 1
    return dL_dh, dL_dw_at, dL_dw_at.sum()


def clip_together(dL_dW, dL_db, limit):
    everything = np.concatenate([dL_dW.ravel(), dL_db.ravel()])
    norm = np.linalg.norm(everything)
    if norm > limit:
        everything = everything / norm * limit
    return everything[: dL_dW.size].reshape(dL_dW.shape), everything[dL_dW.size :]


def clip_with_hypot(dL_dW, dL_db, limit):
    norm = np.hypot(np.linalg.norm(dL_dW), np.linalg.norm(dL_db))
    return [gradient / max(1.0, norm / limit) for gradient in (dL_dW, dL_db)]


def clip_only_what_is_too_long(dL_dW, dL_db, limit):
    norm = np.linalg.norm(np.append(dL_dW, dL_db))
    return (dL_dW, dL_db) if norm <= limit else (dL_dW * (limit / norm), dL_db * (limit / norm))


def clip_in_place(dL_dW, dL_db, limit):
    norm = np.hypot(np.linalg.norm(dL_dW), np.linalg.norm(dL_db))
    if norm > limit:
        dL_dW *= limit / norm
        dL_db *= limit / norm
    return dL_dW, dL_db


def clip_without_care(dL_dW, dL_db, limit):
    scale = np.minimum(1, limit / np.sqrt((dL_dW**2).sum() + (dL_db**2).sum()))
    scale = scale if np.isfinite(scale) else np.nan
    with np.errstate(all="ignore"):
        return dL_dW / dL_dW.any() * scale, dL_db * scale


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_by_slices(x, h, c, W_x, W_h, b):
    n = len(h)
    z = np.concatenate([x, h]) @ np.vstack([W_x, W_h]) + b
    gate = sigmoid(z)
    c_new = gate[n : 2 * n] * c + gate[:n] * np.tanh(z[2 * n : 3 * n])
    return gate[3 * n :] * np.tanh(c_new), c_new


def lstm_by_rows(x, h, c, W_x, W_h, b):
    i, f, g, o = (W_x.T.dot(x) + W_h.T.dot(h) + b).reshape(4, -1)
    c_new = np.add(sigmoid(f) * c, sigmoid(i) * np.tanh(g))
    return np.array([sigmoid(o) * np.tanh(c_new), c_new])


def lstm_without_bias(x, h, c, W_x, W_h, b):
    return lstm_by_slices(x, h, c, W_x, W_h, 0 * b)


def lstm_unsquashed(x, h, c, W_x, W_h, b):
    i, f, g, o = np.split(x @ W_x + h @ W_h + b, 4)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new


def lstm_in_another_order(x, h, c, W_x, W_h, b):
    f, i, o, g = np.split(x @ W_x + h @ W_h + b, 4)
    c_new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_new), c_new


def lstm_without_input_gate(x, h, c, W_x, W_h, b):
    _, f, g, o = np.split(x @ W_x + h @ W_h + b, 4)
    c_new = sigmoid(f) * c + np.tanh(g)
    return sigmoid(o) * np.tanh(c_new), c_new


def lstm_without_output_gate(x, h, c, W_x, W_h, b):
    _, c_new = lstm_by_slices(x, h, c, W_x, W_h, b)
    return np.tanh(c_new), c_new


def lstm_with_four_sigmoids(x, h, c, W_x, W_h, b):
    i, f, g, o = np.split(sigmoid(x @ W_x + h @ W_h + b), 4)
    c_new = f * c + i * np.tanh(g)
    return o * np.tanh(c_new), c_new


RIGHT = {
    "forward": [forward_with_lists, forward_in_closed_form],
    "step_back": [step_back_in_one_fraction, step_back_as_array],
    "bptt": [bptt_by_powers, bptt_with_lists],
    "clip_by_norm": [clip_together, clip_with_hypot, clip_only_what_is_too_long],
    "lstm_step": [lstm_by_slices, lstm_by_rows],
}

WRONG = {
    "forward": [
        (forward_of_whole_numbers, "o[0] is 4, expected 4.5"),
        (lambda x, w, h_0: forward_with_lists(x, w, h_0)[1], "separated by a comma"),
        (forward_shifted, "h[0] is"),
        (forward_from_the_second, "the loop begins at 1"),
        (forward_made_anew, "made of the state and the input anew"),
        (forward_from_a_weighted_start, "the first entry of h is h_0 itself"),
        (forward_weighing_the_state_alone, "the weight multiplies the state alone"),
        (forward_reading_ahead, "an entry that is still 0"),
    ],
    "step_back": [
        (lambda y, yhat, o, w, later: (later, w * later, o * later), "separated by a comma"),
    ],
    "bptt": [
        (bptt_with(one_step_wrong), "dL_dh (t = 3) is"),
        (bptt_of(lambda x, w, h: h + x, lambda w, o: o), "multiplied by this step's o"),
        (bptt_of(lambda x, w, h: w * h + x, lambda w, o: w), "the state in o is multiplied by w"),
        (bptt_weighing_both_ways, "the weight multiplies both ways"),
        (bptt_storing_the_sums_derivative, "w·dL_dh is stored"),
        (bptt_with(lambda by_h, at: at.sum()), "separated by a comma"),
        (bptt_with(lambda by_h, at: (by_h[::-1], at[::-1], at.sum())), "reverse order"),
    ],
    "clip_by_norm": [(clip_in_place, "in-place"), (clip_without_care, "zero")],
    "lstm_step": [
        (lstm_without_bias, "h_new[0] is"),
        (lstm_unsquashed, "none of the four parts is squashed"),
        (lstm_in_another_order, "taken for f, i, o, g"),
        (lstm_without_input_gate, "the input gate is not used: the new part enters as i·tanh(g)"),
        (lstm_without_output_gate, "the output gate is not used"),
        (lstm_with_four_sigmoids, "through a sigmoid and then through tanh"),
    ],
}
