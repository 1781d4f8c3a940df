"""The room of lecture 01: normalization."""
