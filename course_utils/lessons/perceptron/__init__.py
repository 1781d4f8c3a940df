"""The room of lecture 02: the perceptron."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="Perceptron",
    star="Move the samples",
    terms=(
        "boundary",
        "pass",
        "margin",
        "gate",
        "hidden layer",
        "perceptron",
        "weight",
        "bias",
        "XOR problem",
    ),
    items={
        "3.2": Coverage(
            section="A sum and a sign", explorer="The perceptron as a diagram", exercise="02.1"
        ),
        "3.3": Coverage(
            section="The patient", explorer="The perceptron as a diagram", exercise="02.2"
        ),
        "3.4": Coverage(
            section="Four patients and one line", explorer="Move the samples", exercise="02.6"
        ),
    },
)
