"""Notebooks that a test writes for itself."""

from course_utils.bench.jupyterlab import write_notebook

__all__ = ["write_notebook"]
