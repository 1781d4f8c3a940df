"""The room of lecture 03: activations."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="Activations",
    star="Your activation",
    terms=(
        "activation function",
        "softmax",
        "saturated",
        "logits",
        "binary cross-entropy",
        "log-softmax",
        "ReLU",
    ),
    items={
        "1.3": Coverage(section="Which can give −0.0001?", explorer="Your activation"),
        "2.1": Coverage(section="A ReLU before the sigmoid", explorer="Threshold and final ReLU"),
        "2.6": Coverage(section="A function that jumps", explorer="Your activation"),
        "6.1": Coverage(
            section="A layer and its derivative", explorer="Your activation", exercise="03.1"
        ),
    },
)
