"""Right answers in several styles, and wrong ones that no `Fault` of the exercises expresses."""

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 - everybody calls it so


def by_pytorch(real, generated):
    real, generated = torch.tensor(real), torch.tensor(generated)
    return (
        F.binary_cross_entropy_with_logits(real, torch.ones_like(real))
        + F.binary_cross_entropy_with_logits(generated, torch.zeros_like(generated))
    ).item()


def by_loops(real, generated):
    total = 0.0
    for a in real:
        total += (max(-a, 0) + np.log1p(np.exp(-abs(a)))) / len(real)
    for a in generated:
        total += (max(a, 0) + np.log1p(np.exp(-abs(a)))) / len(generated)
    return total


def by_log_sigmoid(generated):
    a = torch.tensor(generated)
    return F.logsigmoid(-a).mean().item(), -F.logsigmoid(a).mean().item()


def from_one_softplus(generated):
    softplus = np.maximum(generated, 0) + np.log1p(np.exp(-np.abs(generated)))
    return [np.mean(-softplus), np.mean(softplus - generated)]


def step_by_bce(generator, discriminator, optimizer_g, optimizer_d, real, noise):
    bce = torch.nn.BCEWithLogitsLoss()
    ones, zeros = torch.ones(len(real), 1), torch.zeros(len(noise), 1)
    with torch.no_grad():
        generated = generator(noise)
    loss_d = bce(discriminator(real), ones) + bce(discriminator(generated), zeros)
    optimizer_d.zero_grad()
    loss_d.backward()
    optimizer_d.step()
    loss_g = bce(discriminator(generator(noise)), ones)
    optimizer_g.zero_grad()
    loss_g.backward()
    optimizer_g.step()
    return [loss_d.item(), loss_g.item()]


def step_that_clears_at_the_end(generator, discriminator, optimizer_g, optimizer_d, real, noise):
    optimizer_d.zero_grad(set_to_none=True)
    generated = generator(noise)
    loss_d = -F.logsigmoid(discriminator(real)).mean()
    loss_d = loss_d - F.logsigmoid(-discriminator(generated.clone().detach())).mean()
    loss_d.backward()
    optimizer_d.step()
    for parameter in discriminator.parameters():
        parameter.requires_grad_(False)
    generator.zero_grad()
    loss_g = -F.logsigmoid(discriminator(generated)).mean()
    loss_g.backward()
    optimizer_g.step()
    for parameter in discriminator.parameters():
        parameter.requires_grad_(True)
    return float(loss_d), float(loss_g)


def modes_by_loops(samples, centres, sigma):
    covered = 0
    for centre in centres:
        inside = sum(np.hypot(*(x - centre)) <= 3 * sigma for x in samples)
        covered += inside >= 0.01 * len(samples)
    return covered


def modes_by_squares(samples, centres, sigma):
    squares = (samples**2).sum(1)[:, None] - 2 * samples @ centres.T + (centres**2).sum(1)
    return np.count_nonzero((squares <= 9 * sigma**2).mean(0) >= 0.01)


def closeness_by_loops(m):
    n, kernels, _ = m.shape
    out = np.zeros((n, kernels))
    for i in range(n):
        for j in range(n):
            if i != j:
                out[i] += np.exp(-np.abs(m[i] - m[j]).sum(axis=-1))
    return out / (n - 1)


def closeness_by_pytorch(m):
    t = torch.tensor(m).transpose(0, 1)
    near = torch.exp(-torch.cdist(t, t, p=1))
    near = near - torch.eye(len(m))
    return (near.sum(-1) / (len(m) - 1)).T


def condition_by_pytorch(noise, samples, labels, classes):
    code = F.one_hot(torch.tensor(labels), classes).double()
    noise, samples = torch.tensor(noise), torch.tensor(samples)
    return torch.cat([noise, code], 1).numpy(), torch.cat([samples, code], 1).numpy()


def condition_by_loops(noise, samples, labels, classes):
    code = np.zeros((len(labels), classes))
    for row, label in enumerate(labels):
        code[row, label] = 1
    return np.column_stack([noise, code]), np.column_stack([samples, code])


def step_that_returns_an_array(*inputs):
    return np.array(step_by_bce(*inputs))


def step_that_returns_one_loss(*inputs):
    return step_by_bce(*inputs)[0]


def step_that_returns_half(*inputs):
    return step_by_bce(*inputs)[0], None


def step_that_returns_three(*inputs):
    return *step_by_bce(*inputs), 0


def step_that_empties_its_batch(generator, discriminator, optimizer_g, optimizer_d, real, noise):
    losses = step_by_bce(generator, discriminator, optimizer_g, optimizer_d, real, noise)
    noise.zero_()
    return losses


def step_that_sends_to_sleep(generator, discriminator, *others):
    losses = step_by_bce(generator, discriminator, *others)
    generator.eval()
    return losses


def step_that_clears_too_late(player):
    """Return a step in which one player's gradients are cleared between backward and step."""

    def step(generator, discriminator, optimizer_g, optimizer_d, real, noise):
        generated = generator(noise)
        optimizer_d.zero_grad()
        loss_d = F.softplus(-discriminator(real)).mean()
        loss_d = loss_d + F.softplus(discriminator(generated.detach())).mean()
        loss_d.backward()
        if player == "d":
            optimizer_d.zero_grad()
        optimizer_d.step()
        optimizer_g.zero_grad()
        loss_g = F.softplus(-discriminator(generated)).mean()
        loss_g.backward()
        if player == "g":
            optimizer_g.zero_grad()
        optimizer_g.step()
        return loss_d.item(), loss_g.item()

    return step


def step_that_clears_both_first(generator, discriminator, optimizer_g, optimizer_d, real, noise):
    optimizer_g.zero_grad()
    optimizer_d.zero_grad()
    generated = generator(noise)
    loss_d = F.softplus(-discriminator(real)).mean() + F.softplus(discriminator(generated)).mean()
    loss_d.backward()
    optimizer_d.step()
    loss_g = F.softplus(-discriminator(generator(noise))).mean()
    loss_g.backward()
    optimizer_g.step()
    return loss_d.item(), loss_g.item()


def step_that_clears_the_other(generator, discriminator, optimizer_g, optimizer_d, real, noise):
    return step_by_bce(
        generator, discriminator, Other(optimizer_g, optimizer_d), Other(optimizer_d, optimizer_g),
        real, noise,
    )  # fmt: skip


class Other:
    """An optimizer that clears the gradients of another one."""

    def __init__(self, own, other):
        self.step, self.zero_grad = own.step, other.zero_grad


def step_that_clears_after_its_step(generator, discriminator, optimizer_g, optimizer_d, *batches):
    real, noise = batches
    generated = generator(noise)
    loss_d = F.softplus(-discriminator(real)).mean()
    loss_d = loss_d + F.softplus(discriminator(generated.detach())).mean()
    loss_d.backward()
    optimizer_d.step()
    optimizer_d.zero_grad()
    loss_g = F.softplus(-discriminator(generated)).mean()
    loss_g.backward()
    optimizer_g.step()
    optimizer_g.zero_grad()
    return loss_d.item(), loss_g.item()


def step_that_detaches_logits(generator, discriminator, optimizer_g, optimizer_d, real, noise):
    bce = F.binary_cross_entropy_with_logits
    ones, zeros = torch.ones(len(real), 1), torch.zeros(len(noise), 1)
    optimizer_d.zero_grad()
    logits = discriminator(generator(noise)).detach()
    loss_d = bce(discriminator(real), ones) + bce(logits, zeros)
    loss_d.backward()
    optimizer_d.step()
    optimizer_g.zero_grad()
    loss_g = bce(discriminator(generator(noise)), ones)
    loss_g.backward()
    optimizer_g.step()
    return loss_d.item(), loss_g.item()


def step_that_looks_back(generator, discriminator, *others):
    step_by_bce(generator, discriminator, *others)
    real, generated = discriminator(others[2]), discriminator(generator(others[3]))
    loss_d = F.softplus(-real).mean() + F.softplus(generated).mean()
    return loss_d.item(), F.softplus(-generated).mean().item()


RIGHT = {
    "discriminator_loss": [by_pytorch, by_loops],
    "generator_losses": [by_log_sigmoid, from_one_softplus],
    "gan_step": [
        step_by_bce,
        step_that_clears_at_the_end,
        step_that_returns_an_array,
    ],
    "modes_covered": [modes_by_loops, modes_by_squares],
    "closeness": [closeness_by_loops, closeness_by_pytorch],
    "condition": [condition_by_pytorch, condition_by_loops],
}


def step_with_its_graph(generator, discriminator, optimizer_g, optimizer_d, real, noise):
    step_by_bce(generator, discriminator, optimizer_g, optimizer_d, real, noise)


def closeness_in_place(m):
    m -= m.mean(axis=0)
    return closeness_by_loops(m)


def loss_cut_off_at(least):
    """Return a loss whose probabilities stay between `least` and 1 − `least`."""

    def discriminator_loss(real, generated):
        p, q = (np.exp(-np.logaddexp(0, -a)).clip(least, 1 - least) for a in (real, generated))
        return -np.log(p).mean() - np.log(1 - q).mean()

    return discriminator_loss


def modes_within(reach, share=0.01):
    """Return a count of modes that has another reach, or asks for another share."""

    def modes_covered(samples, centres, sigma):
        apart = np.linalg.norm(samples[:, None] - centres, axis=2)
        return int(np.sum((apart <= reach * sigma).mean(axis=0) >= share))

    return modes_covered


def condition_drawn_anew(noise, samples, labels, classes):
    fresh = np.random.default_rng().integers(0, classes, len(labels))
    codes = (np.eye(classes)[each] for each in (labels, fresh))
    return tuple(np.hstack(both) for both in zip((noise, samples), codes, strict=True))


def condition_of(changed):
    """Return a condition whose labels are `changed` first, the same way for both networks."""
    return lambda noise, samples, labels, classes: condition_by_loops(
        noise, samples, changed(labels), classes
    )


WRONG = {
    "discriminator_loss": [
        (lambda real, generated: -by_loops(real, generated), "sign"),
        (loss_cut_off_at(np.finfo(float).eps), "no probability is below 2.2e-16"),
        (loss_cut_off_at(1e-5), "kept away from 0 and 1 by 1e-05"),
    ],
    "generator_losses": [(lambda generated: by_log_sigmoid(generated)[0], "comma")],
    "gan_step": [
        (step_with_its_graph, "return"),
        (step_that_returns_one_loss, "separated by a comma"),
        (step_that_returns_half, "the generator's loss is None"),
        (step_that_returns_three, "and the generator's loss only"),
        (step_that_empties_its_batch, "the input `noise` was changed"),
        (step_that_sends_to_sleep, "the generator was in training"),
        (step_that_clears_too_late("d"), "optimizer_d.zero_grad() comes between"),
        (step_that_clears_too_late("g"), "optimizer_g.zero_grad() comes between"),
        (step_that_clears_both_first, "has left gradients in the generator"),
        (step_that_clears_the_other, "optimizer_d.zero_grad() comes too early"),
        (step_that_clears_after_its_step, "optimizer_d.zero_grad() comes too early"),
        (step_that_detaches_logits, "the logits are detached"),
        (step_that_looks_back, "computed after the steps"),
    ],
    "modes_covered": [
        (lambda samples, centres, sigma: float("nan"), "nan"),
        (modes_within(4), "the reach is four sigma"),
        *((modes_within(reach), "the number of modes is") for reach in (2.9, 3.2, 3.3)),
    ],
    "closeness": [(closeness_in_place, "in-place")],
    "condition": [
        (lambda z, x, y, c: np.hstack([z, np.eye(c)[y]]), "comma"),
        (condition_drawn_anew, "the two networks are told different labels"),
        (condition_of(np.sort), "the codes are those of other labels"),
        (condition_of(np.zeros_like), "the codes are those of other labels"),
    ],
}
