"""The room of lecture 07: convolutional networks."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="CNNs",
    star="Draw a digit",
    terms=(
        "channels",
        "kernel",
        "stride",
        "padding",
        "feature map",
        "cross-correlation",
        "im2col",
        "dilation",
        "equivariant",
        "invariance",
        "receptive field",
        "max pooling",
        "convolution",
        "LeNet-5",
    ),
    items={
        "1.5": Coverage(section="LeNet, 1998 and today", explorer="Draw a digit"),
        "1.7": Coverage(
            section="What a convolution depends on",
            explorer="Where does this number come from?",
            exercise="07.4",
        ),
        "2.4": Coverage(
            section="Flatten, or convolve?",
            explorer="Where does this number come from?",
            exercise="07.4",
        ),
        "2.7": Coverage(
            section="Max pooling, and the way back",
            explorer="Max pooling, there and back",
            exercise="07.7",
        ),
    },
)
