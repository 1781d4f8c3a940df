"""Which cells of a notebook depend on others: by the names that they read and define."""

import ast
import symtable
from collections.abc import Collection, Sequence

import nbformat

from course_utils.authoring.lecture import Lecture
from course_utils.authoring.source import without_magics


def own_cells(lecture: Lecture) -> set[int]:
    """Return the code cells of a lecture's solutions that have to be run to know what they put out.

    Those are the cells that the student's notebook does not hold as they are, those that depend on
    such cells, and those that all these need. The others do in both notebooks the same.

    Returns
    -------
    set of int
        Places among the code cells of the notebook with the solutions, from 0.
    """
    solution, student = (
        [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        for path in (lecture.solution, lecture.student)
    )
    common = {(cell.id, cell.source) for cell in student}
    different = [i for i, cell in enumerate(solution) if (cell.id, cell.source) not in common]
    trees = [ast.parse(without_magics(cell.source)) for cell in solution]
    return set(dependent(trees, (), different))


def dependent(
    trees: Sequence[ast.Module], names: Collection[str], places: Collection[int] = ()
) -> list[int]:
    """Return the places of the cells that depend on names and on cells, and of those they need.

    Parameters
    ----------
    trees
        The code cells of a notebook.
    names, places
        Names that any cell may define, and places of cells: what depends on these is looked for.
    """
    asked = set(names)
    chosen, tainted = set(places), set(names)
    for number, tree in enumerate(trees):
        for statement in tree.body:
            touched = tainted & (_reads(statement) - _counts(statement))
            if touched or number in places or asked & bound(statement):
                chosen.add(number)
                tainted |= bound(statement)
            else:
                tainted -= bound(statement)
    defined = [bound(tree) for tree in trees]
    asking = [n for n, tree in enumerate(trees) if _asks(tree)]
    queue = sorted(chosen)
    while queue:
        number = queue.pop()
        for name in _needs(trees[number]):
            before = [n for n in range(number) if name in defined[n]][-1:]
            before += [n for n in asking if n < number and name == "predict"]
            queue += set(before) - chosen
            chosen |= set(before)
    return sorted(chosen)


def _reads(statement: ast.stmt) -> set[str]:
    """Names of the notebook that a statement reads, in functions that it defines too."""
    tables = [symtable.symtable(ast.unparse(statement), "cell", "exec")]
    found = set()
    while tables:
        table = tables.pop()
        tables += table.get_children()
        module = table.get_type() == "module"
        found |= {s.get_name() for s in table.get_symbols()
                  if s.is_referenced() and (module or s.is_global())}  # fmt: skip
    return found


def _needs(tree: ast.Module) -> set[str]:
    """Names that a cell reads before it defines them."""
    found: set[str] = set()
    known: set[str] = set()
    for statement in tree.body:
        own = bound(statement) if isinstance(statement, ast.For | ast.With) else set()
        found |= _reads(statement) - known - own
        known |= bound(statement)
    return found


def bound(tree: ast.AST) -> set[str]:
    """Names that a cell defines."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return names


def _counts(statement: ast.stmt) -> set[str]:
    """Names that a loop gives values itself, whatever they had before."""
    if not isinstance(statement, ast.For):
        return set()
    target, over = (
        {n.id for n in ast.walk(part) if isinstance(n, ast.Name)}
        for part in (statement.target, statement.iter)
    )
    return target - over


def _asks(tree: ast.Module) -> bool:
    """Whether a cell asks for a prediction: what it asks may be revealed, though it has no name."""
    calls = [
        s.value for s in tree.body if isinstance(s, ast.Expr) and isinstance(s.value, ast.Call)
    ]
    return any(isinstance(c.func, ast.Name) and c.func.id == "predict" for c in calls)
