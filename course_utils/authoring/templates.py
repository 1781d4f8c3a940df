"""What a new lecture begins with: the text of its source and of its room's modules.

Each is filled in with ``number``, ``title`` and ``items``, the exam items that it prepares.
"""

SOURCE = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
---

# {number} {title}

Promise, in a sentence or two: what is puzzling, and what the reader will know at the end.

**You will**

- measure …,
- write … and compare it with PyTorch,
- answer exam items {items} and know why each answer is right.

**Time** about … minutes · **You need** … · **Exam items** {items}

```{{code-cell}} ipython3
import numpy as np
from matplotlib import pyplot as plt

from course_utils import style
from course_utils.figures import show

style.use()
SEEDS = range(5)
```

## What this section shows

**Predict.** A question to answer before anything is run.

**Run.** What is measured: over five seeds, the spread drawn, with an `assert` on each claim.

**Explain.** What was seen, with the formula that the code computes.

### Explorer: its title

What it shows, and what its sliders change.

**Try.** (1) … (2) …

### Exercise 1: its title

What to write, between `### BEGIN SOLUTION` and `### END SOLUTION`; the cell ends with its check.

## Exam questions

Answer without looking up, then read why. *New variant* gives you fresh numbers.

## Pitfalls

- …

## References

- Author (year): title. What it is good for.
"""

ROOM = {
    "__init__.py": '''\
"""The room of lecture {number}: {title}."""

from course_utils.lessons.room import Room

# Here belongs, for each exam item of the lecture ({items}), where it is dealt with:
# items={{"item": Coverage(section="a heading", explorer="a title", exercise="{number}.1")}}
# with `Coverage` from the same module as `Room`.
ROOM = Room(title="{title}", items={{}})
''',
    "model.py": '"""What lecture {number} computes."""\n',
    "explorers.py": '''\
"""The explorers of lecture {number}."""

from course_utils.explorers import Explorable

EXPLORERS: dict[str, Explorable] = {{}}
"""The lecture's explorers by name."""
''',
    "exercises.py": '"""The checked exercises of lecture {number}."""\n',
    "questions.py": '"""The exam questions of lecture {number}."""\n',
    "formulas.py": '''\
"""What lecture {number} contributes to the sheet of notes."""

from course_utils.exam.papers.formulas import Formula

FORMULAS: tuple[Formula, ...] = ()
''',
}
