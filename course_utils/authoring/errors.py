"""What can be wrong with a lecture's source."""


class AuthoringError(Exception):
    """A lecture cannot be built; the message names file and line, and what to do."""
