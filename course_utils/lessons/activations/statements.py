"""Statements about activations: rows that say what is measured and what makes each true."""

from course_utils.exam.statements import Pool, Statement
from course_utils.lessons.activations import measurements as m

_LOWEST = (
    "On a fine grid from −10 to 10 the smallest values were {relu:.2f} (ReLU), {leaky:.2f} (leaky"
    " ReLU), {elu:.3f} (ELU) and {gelu:.3f} (GELU)."
)
_STEEPEST = (
    "With the output a the slopes are a·(1 − a) and 1 − a², largest for a = 1/2 and a = 0; the"
    " steepest found were {sigmoid:.3f} (sigmoid) and {tanh:.3f} (tanh)."
)
_FALLING = (
    "An ELU's slope is 1 or α·e^x, so above 0. Between −3 and 3, GELU fell on {gelu:percent} of the"
    " steps and ELU on {elu:percent}."
)
_FORMS = "Between −10 and 10 the two forms differ by up to {apart:.5f}."
_RELATIVES = (
    "2/(1 + e^−2x) − 1 is (1 − e^−2x)/(1 + e^−2x), which is tanh x. In numbers, tanh x and 2σ(2x)"
    " − 1 differ by up to {scaled:.0e} between −10 and 10, tanh x and 2σ(x) − 1 by up to"
    " {unscaled:.2f}."
)
_SOFTPLUS = (
    "By the chain rule the slope is e^x/(1 + e^x), which is 1/(1 + e^−x). By finite differences it"
    " differs from the sigmoid by up to {sigmoid:.0e}, and from tanh by up to {tanh:.2f}."
)
_DEAD = (
    "A sample's part of the gradient is multiplied by the slope, 0 with a ReLU. The largest"
    " gradient of such a unit's weights over 1000 samples was {relu:g} with a ReLU and {leaky:.2g}"
    " with a leaky ReLU of slope 0.01."
)
_FINAL = (
    "A ReLU gives nothing below 0, and from 0 on σ is at least 0.5. Of 10 000 standard normal"
    " sums, {relu:percent} gave at least 0.5 behind a ReLU and {leaky:percent} behind a leaky"
    " ReLU; {threshold_above:percent} gave at least 0.75 behind the ReLU."
)
_FIFTY = (
    "In float32 the gradient by a logit of −50 with label 1 was {chain:.0e} through the probability"
    " and {logits:.3f} from logits."
)
_CAPPED = (
    "BCELoss cuts ln p off at −100. In PyTorch the loss of a logit of −200 with label 1 was"
    " {loss_at_200:.0f} from the probability and {loss_at_200_logits:.0f} from the logit."
)
_SHIFTED = (
    "e^(z + c) is e^c·e^z, and e^c cancels; e^2z is the square of e^z. Over 1000 rows, adding 3"
    " moved the shares by up to {added:.0e}, doubling by up to {doubled:.2f}."
)
_TWICE = (
    "For ten classes and a right logit of 1000, the loss was {once:.3f} from logits, {twice:.3f}"
    " with a softmax before it, and {log_twice:.3f} with a log-softmax before it."
)
_SINGLE = (
    "Of a single output the share is e^z/e^z, which is 1 whatever z is. Over 1000 logits the"
    " smallest output was {lowest:g}, and the largest gradient {gradient:g}."
)
_DEEP = (
    "Five seeds: with sigmoids {sigmoid_saturated:percent} of the units were saturated and the"
    " gradient at layer 1 was at most {sigmoid_gradient:.0e}; with tanh and threefold weights"
    " {tanh_saturated:percent} were, and it was at least {tanh_gradient:.0f}."
)
_JUMPING = "With standard normal inputs, {zero:percent} of the derivatives were exactly 0."

POOL = Pool(
    Statement(
        "range",
        "A leaky ReLU with slope 0.01 gives −0.0001 for some input.",
        m.lowest,
        lambda found: found.leaky <= -0.0001,
        _LOWEST,
        True,
    ),
    Statement(
        "range",
        "GELU and ELU share with the ReLU that their output is never negative.",
        m.lowest,
        lambda found: min(found.gelu, found.elu) >= 0,
        _LOWEST,
        False,
    ),
    Statement(
        "slope",
        "The sigmoid's derivative reaches the value 1 where it is steepest.",
        m.steepest,
        lambda found: abs(found.sigmoid - 1) < 1e-6,
        _STEEPEST,
        False,
    ),
    Statement(
        "slope",
        "At its steepest point, tanh is four times as steep as the sigmoid is at its own.",
        m.steepest,
        lambda found: abs(found.tanh - 4 * found.sigmoid) < 1e-4,
        _STEEPEST,
        True,
    ),
    Statement(
        "last layer",
        "A sigmoid on top of a final ReLU calls all samples positive, if an output of at least 0.5"
        " counts as positive.",
        m.final,
        lambda found: found.relu == 1,
        _FINAL,
        True,
    ),
    Statement(
        "last layer",
        "A sigmoid on top of a final leaky ReLU calls all samples positive, if an output of at"
        " least 0.5 counts as positive.",
        m.final,
        lambda found: found.leaky == 1,
        _FINAL,
        False,
    ),
    Statement(
        "loss",
        "In PyTorch's float32, a sigmoid followed by BCELoss passes back about the same gradient at"
        " a logit of −50 with label 1 as BCEWithLogitsLoss does.",
        m.wrong_by_fifty,
        lambda found: abs(found.chain - found.logits) < 0.1,
        _FIFTY,
        False,
    ),
    Statement(
        "loss",
        "PyTorch's binary cross-entropy of a probability (BCELoss) stops growing as a logit becomes"
        " more and more wrong, while that of the logit (BCEWithLogitsLoss) goes on.",
        m.wrong_by_fifty,
        lambda found: found.loss_at_200 < 150 < found.loss_at_200_logits,
        _CAPPED,
        True,
    ),
    Statement(
        "monotone",
        "GELU falls on part of the negative axis, so it is no increasing function.",
        m.falling,
        lambda found: found.gelu > 0,
        _FALLING,
        True,
    ),
    Statement(
        "monotone",
        "ELU falls on part of the negative axis, so it is no increasing function.",
        m.falling,
        lambda found: found.elu > 0,
        _FALLING,
        False,
    ),
    Statement(
        "two forms",
        "The exact GELU and its tanh form are the same function, apart from rounding errors.",
        m.two_forms,
        lambda found: found.apart < 1e-9,
        _FORMS,
        False,
    ),
    Statement(
        "relatives",
        "tanh is a sigmoid scaled along both axes and shifted: tanh x = 2σ(2x) − 1.",
        m.relatives,
        lambda found: found.scaled < 1e-9,
        _RELATIVES,
        True,
    ),
    Statement(
        "relatives",
        "tanh is a sigmoid stretched along the vertical axis and shifted: tanh x = 2σ(x) − 1.",
        m.relatives,
        lambda found: found.unscaled < 1e-9,
        _RELATIVES,
        False,
    ),
    Statement(
        "softplus",
        "The derivative of softplus, ln(1 + e^x), is the sigmoid of x.",
        m.softplus_slope,
        lambda found: found.sigmoid < 1e-6,
        _SOFTPLUS,
        True,
    ),
    Statement(
        "softplus",
        "The derivative of softplus, ln(1 + e^x), is tanh x.",
        m.softplus_slope,
        lambda found: found.tanh < 1e-6,
        _SOFTPLUS,
        False,
    ),
    Statement(
        "dead",
        "For a ReLU unit whose sum is negative for all training samples, the gradient of its"
        " weights is exactly zero.",
        m.dead,
        lambda found: found.relu == 0,
        _DEAD,
        True,
    ),
    Statement(
        "dead",
        "For a leaky ReLU unit whose sum is negative for all training samples, the gradient of its"
        " weights is exactly zero.",
        m.dead,
        lambda found: found.leaky == 0,
        _DEAD,
        False,
    ),
    Statement(
        "softmax",
        "Adding the same number to all logits of a sample leaves its softmax as it is, apart from"
        " rounding.",
        m.shifted,
        lambda found: found.added < 1e-9,
        _SHIFTED,
        True,
    ),
    Statement(
        "softmax",
        "Multiplying all logits of a sample by 2 leaves its softmax as it is, apart from rounding.",
        m.shifted,
        lambda found: found.doubled < 1e-9,
        _SHIFTED,
        False,
    ),
    Statement(
        "twice",
        "With a softmax before a cross-entropy that expects logits, a perfect prediction of one of"
        " ten classes brings the loss to nearly 0 all the same.",
        m.twice,
        lambda found: found.twice < 0.01,
        _TWICE,
        False,
    ),
    Statement(
        "twice",
        "A log-softmax before a cross-entropy that expects logits leaves a perfect prediction's"
        " loss at nearly 0.",
        m.twice,
        lambda found: found.log_twice < 0.01,
        _TWICE,
        True,
    ),
    Statement(
        "one output",
        "With softmax on a single output and cross-entropy behind it, no gradient reaches the"
        " logit.",
        m.single,
        lambda found: found.gradient == 0,
        _SINGLE,
        True,
    ),
    Statement(
        "one output",
        "Softmax on a single output does the same as a sigmoid: it gives any number from 0 to 1.",
        m.single,
        lambda found: found.lowest < 0.5,
        _SINGLE,
        False,
    ),
    Statement(
        "saturation",
        "In 20 layers of sigmoids with standard normal inputs and weights of variance 1/n, the"
        " gradient shrinks by more than a million although fewer than one unit in a hundred is"
        " saturated (its slope below a twentieth of the steepest).",
        m.deep,
        lambda found: found.sigmoid_saturated < 0.01 and found.sigmoid_gradient < 1e-6,
        _DEEP,
        True,
    ),
    Statement(
        "saturation",
        "In 20 layers of tanh with standard normal inputs and weights of variance 9/n, more than a"
        " quarter of the units are saturated (their slope is below a twentieth of the steepest),"
        " and therefore the gradient shrinks on its way to the first layer.",
        m.deep,
        lambda found: found.tanh_saturated > 0.25 and found.tanh_gradient < 1,
        _DEEP,
        False,
    ),
    Statement(
        "pieces",
        "If f is 0 below −0.5, x up to 0.5 and 1 above, then with standard normal inputs more than"
        " half of its derivatives are zero.",
        m.jumping,
        lambda found: found.zero > 0.5,
        _JUMPING,
        True,
    ),
    Statement(
        "pieces",
        "If f is 0 below −0.5, x up to 0.5 and 1 above, then with standard normal inputs all of its"
        " derivatives are zero.",
        m.jumping,
        lambda found: found.zero == 1,
        _JUMPING,
        False,
    ),
)
"""What variants of the lecture's mark-all question draw from."""
