"""Measurements that back the claims: `course bench`."""


class BenchError(Exception):
    """A measurement cannot be made here; the message says in one sentence what to do."""
