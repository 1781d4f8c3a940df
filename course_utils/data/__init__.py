"""Small data sets: the exam's own, scikit-learn's, and generated ones."""

from course_utils.data.enzymes import ENZYMES, EnzymeTable
from course_utils.data.wine import WineSplit, load_wine_split

__all__ = ["ENZYMES", "EnzymeTable", "WineSplit", "load_wine_split"]
