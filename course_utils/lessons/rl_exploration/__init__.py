"""The room of lecture 10: exploring and exploiting."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="RL exploration",
    star="The cliff",
    terms=(
        "reward",
        "policy",
        "exploit",
        "explore",
        "greedy",
        "ε-greedy",
        "regret",
        "UCB",
        "Thompson sampling",
        "state",
        "action",
        "episode",
        "discount",
        "off-policy",
        "on-policy",
        "bootstrapping",
    ),
    items={
        "2.2": Coverage(
            section="Take what looks best, or try something else",
            explorer="Bandit race",
            exercise="10.1",
        )
    },
)
