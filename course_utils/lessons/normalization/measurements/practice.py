"""What people do: which normalization is common in a library's own examples."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import sklearn


class Common(NamedTuple):
    """Modules of the installed scikit-learn that use a normalizer, its own definition aside."""

    standard: int
    min_max: int
    ratio: float


@cache
def in_scikit_learn() -> Common:
    """Count the modules, examples in docstrings and tests among them."""
    root = Path(sklearn.__file__).parent
    modules = [path for path in root.rglob("*.py") if "preprocessing" not in path.parts]
    texts = [path.read_text(encoding="utf-8") for path in modules]
    standard, min_max = (
        sum(bool(re.search(rf"\b{name}\(", text)) for text in texts)
        for name in ("StandardScaler", "MinMaxScaler")
    )
    return Common(standard, min_max, standard / min_max)
