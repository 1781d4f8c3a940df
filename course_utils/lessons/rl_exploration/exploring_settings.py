"""Where one of ten things is chosen again and again: the settings of exam item 2.2."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """Where one of several things is chosen again and again.

    Attributes
    ----------
    who
        The learner.
    choices
        What it chooses from, in the plural.
    choice
        One of them.
    reward
        What it is after.
    """

    who: str
    choices: str
    choice: str
    reward: str


SETTINGS = (
    Setting("A web shop", "ten pictures for its front page", "picture", "purchases"),
    Setting("A news site", "ten headlines for a story", "headline", "readers"),
    Setting("A courier", "ten routes through the town", "route", "minutes saved"),
    Setting("A radio station", "ten songs to begin the hour with", "song", "listeners who stay"),
    Setting("A café", "ten beans for the espresso of the day", "bean", "cups sold"),
    Setting("A gardener", "ten mixtures of soil for the next tray", "mixture", "seedlings"),
    Setting("A robot", "ten grips for the next parcel", "grip", "parcels held"),
    Setting("A game company", "ten first levels for a new player", "level", "players who return"),
    Setting("A network router", "ten links for the next packet", "link", "packets in time"),
    Setting("An angler", "ten places by the lake", "place", "fish"),
    Setting("A laboratory", "ten recipes for the next batch", "recipe", "usable samples"),
)
