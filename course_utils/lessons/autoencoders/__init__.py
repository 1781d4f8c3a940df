"""The room of lecture 11: autoencoders."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="Autoencoders",
    star="Erase and repair",
    terms=(
        "autoencoder",
        "encoder",
        "code",
        "decoder",
        "bottleneck",
        "principal axes",
        "largest principal angle",
        "denoising autoencoder",
        "conditional mean",
    ),
    items={
        "5.5": Coverage(section="A copy with holes", explorer="Erase and repair", exercise="11.4"),
    },
)
