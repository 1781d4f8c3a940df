"""The explorers of lecture 04."""

from course_utils.lessons.deep_networks.explorers.graph import graph
from course_utils.lessons.deep_networks.explorers.layers import layers
from course_utils.lessons.deep_networks.explorers.symmetric import symmetric
from course_utils.lessons.deep_networks.explorers.two_layers import two_layers

EXPLORERS = {"graph": graph, "symmetric": symmetric, "two_layers": two_layers, "layers": layers}
"""The lecture's explorers by name."""
