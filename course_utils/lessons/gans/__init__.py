"""The room of lecture 12: GANs."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="GANs",
    star="Watch it learn",
    terms=(
        "generative adversarial network",
        "generator",
        "discriminator",
        "value",
        "saturates",
        "mode",
        "mode collapse",
        "Jensen-Shannon divergence",
        "mini-batch discrimination",
        "unrolled GAN",
        "conditional GAN",
        "one-hot code",
        "hinge",
    ),
    items={
        "5.1": Coverage(section="Two players", explorer="The best discriminator", exercise="12.3"),
        "5.2": Coverage(
            section="A conditional GAN", explorer="Choose a landscape", exercise="12.6"
        ),
        "5.3": Coverage(section="Losses that stay", explorer="Watch it learn", exercise="12.4"),
        "5.4": Coverage(section="Mode collapse", explorer="Watch it learn", exercise="12.5"),
    },
)
