"""Predictions: asked before a measurement, locked in, and held against it afterwards.

A lecture has one `Predictions`, by the name of its room::

    predict = Predictions("normalization")

    predict(Number("steps", "How many steps?", low=1, high=1e9, log=True, unit="steps"))
    ...
    predict.reveal(steps=measured_over_seeds)
    ...
    predict.summary()
"""

from course_utils.predictions.desk import Predictions
from course_utils.predictions.kinds import Choice, Curve, Number

__all__ = ["Choice", "Curve", "Number", "Predictions"]
