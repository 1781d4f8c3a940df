"""Run a student's code in a process of its own: the one supervisor, and what it starts.

`Worker` is that process seen from outside, `course_utils.workers.inside` what runs in it. What the
code does to its process, to its output or to the clock does not reach whoever asked.
"""

from course_utils.workers.supervise import START_LIMIT, NoWorkerError, Worker

__all__ = ["START_LIMIT", "NoWorkerError", "Worker"]
