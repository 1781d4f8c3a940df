"""What a check raises when an answer is not right."""


class NotRight(Exception):  # noqa: N818 - it reads as what it is: a verdict on the way up
    """An answer lacks a property.

    Parameters
    ----------
    what
        Which quantity is not right and how it shows, one sentence without a full stop.
    cause
        The likely cause, one sentence without a full stop; empty if unknown.
    """

    def __init__(self, what: str, cause: str = ""):
        super().__init__(what)
        self.what = what
        self.cause = cause


NO_RETURN = "it has no `return`, or returns what is None"
