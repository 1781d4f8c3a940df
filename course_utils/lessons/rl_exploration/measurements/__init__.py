"""What decides the statements of lecture 10."""
