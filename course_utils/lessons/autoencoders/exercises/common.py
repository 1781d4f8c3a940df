"""What several exercises need: the lecture's name."""

LECTURE = "autoencoders"
