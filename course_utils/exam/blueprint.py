"""The exam as data: 29 items, 60 points and 6 bonus points, and the lecture that prepares each."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["mark all", "numbers", "formula", "text", "diagram", "code", "faulty lines"]


@dataclass(frozen=True)
class Entry:
    """One item of the exam.

    Attributes
    ----------
    id
        As printed in the exam, for example '3.1'.
    points
        What it is worth.
    kind
        How it is answered.
    topic
        What it is about, in a few words.
    lecture
        Name of the room in `course_utils.lessons` that teaches, shows and practises it.
    bonus
        Whether its points come on top of the exam's 60.
    """

    id: str
    points: float
    kind: Kind
    topic: str
    lecture: str
    bonus: bool = False


_ENTRIES = (
    Entry("1.1", 1, "mark all", "why and how data are normalized", "normalization"),
    Entry("1.2", 1, "mark all", "output of a network whose weights are all zero", "deep_networks"),
    Entry("1.3", 1, "mark all", "which activation can give a small negative value", "activations"),
    Entry("1.4", 1, "mark all", "what batch normalization does", "batch_norm"),
    Entry("1.5", 1, "mark all", "what LeNet is not built of", "cnns"),
    Entry("1.6", 1, "mark all", "what helps against vanishing gradients", "deep_networks"),
    Entry("1.7", 1, "mark all", "what a convolution depends on", "cnns"),
    Entry("1.8", 1, "mark all", "bias and variance of retrained models", "generalization"),
    Entry("2.1", 2, "text", "a sigmoid on top of a ReLU", "activations"),
    Entry("2.2", 2, "text", "exploitation and exploration", "rl_exploration"),
    Entry("2.3", 2, "text", "counting people: segmentation or detection", "seeing_objects"),
    Entry("2.4", 2, "text", "a dense layer as a convolution", "cnns"),
    Entry("2.5", 3, "formula", "two linear layers are one", "deep_networks"),
    Entry("2.6", 2, "text", "training through a piecewise function", "activations"),
    Entry("2.7", 3, "numbers", "max pooling forward and backward", "cnns"),
    Entry("3.1", 4, "numbers", "normalizing two features by hand", "normalization"),
    Entry("3.2", 3, "diagram", "the parts of a perceptron", "perceptron"),
    Entry("3.3", 3, "numbers", "classifying one sample with a perceptron", "perceptron"),
    Entry("3.4", 2, "text", "whether one layer is enough", "perceptron"),
    Entry("4.1", 2, "numbers", "a recurrent cell, two steps forward", "rnn_backprop"),
    Entry("4.2", 5, "formula", "the recurrent cell's partial derivatives", "rnn_backprop"),
    Entry("4.3", 2, "text", "what can go wrong in the recurrent cell", "rnn_backprop"),
    Entry("5.1", 4, "text", "the parts of a GAN and their training", "gans"),
    Entry("5.2", 3, "text", "a GAN that draws a chosen class", "gans"),
    Entry("5.3", 2, "text", "GAN losses that stay where they were", "gans"),
    Entry("5.4", 2, "text", "samples that all look alike", "gans"),
    Entry("5.5", 2, "text", "filling in erased regions", "autoencoders", bonus=True),
    Entry("6.1", 4, "code", "a leaky ReLU layer", "activations"),
    Entry("7.1", 4, "faulty lines", "faults of a PyTorch network", "pytorch_on_a_device", True),
)

ITEMS: dict[str, Entry] = {entry.id: entry for entry in _ENTRIES}
"""Every item of the exam by its id, in the exam's order."""
