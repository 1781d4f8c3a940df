"""What the exercises share."""

LECTURE = "activations"
