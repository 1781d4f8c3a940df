"""The room of lecture 05: generalization."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="Generalization",
    star="Thirty trainings at once",
    terms=(
        "capacity",
        "underfits",
        "interpolates",
        "double descent",
        "covariance",
        "bagging",
        "weight decay",
        "decoupled weight decay",
        "learning curve",
        "main prediction",
        "dropout",
        "early stopping",
        "ensemble",
    ),
    items={
        "1.8": Coverage(
            section="Which of the two is high?",
            explorer="Thirty trainings at once",
            exercise="05.1",
        ),
    },
)
