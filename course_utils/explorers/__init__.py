"""The engine behind every slider figure."""
