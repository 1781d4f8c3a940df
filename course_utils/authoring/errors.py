"""What can be wrong with a lecture's source."""


class AuthoringError(Exception):
    """A lecture cannot be built; the message names the file, the cell and what to do."""
