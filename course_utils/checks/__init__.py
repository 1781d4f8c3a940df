"""The engine behind every verdict on an exercise."""
