"""What the exercises of lecture 07 share."""

LECTURE = "cnns"
