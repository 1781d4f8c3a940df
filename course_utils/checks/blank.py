"""Recognize an answer that has not been started."""

import dis
from types import CodeType, FunctionType

import numpy as np

_DO_NOTHING = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}


def is_blank(answer: object) -> bool:
    """Tell whether `answer` is still a stub.

    Blank are: ``None``, ``...``, a container or array that still holds one of the two, a function
    whose body is only ``...``, ``pass`` or ``raise NotImplementedError``, and a class all of whose
    own methods are such functions.
    """
    if answer is None or answer is Ellipsis:
        return True
    if isinstance(answer, FunctionType):
        return _does_nothing(answer.__code__)
    if isinstance(answer, type):
        methods = [m for m in vars(answer).values() if isinstance(m, FunctionType)]
        return bool(methods) and all(is_blank(method) for method in methods)
    if isinstance(answer, np.ndarray):
        return answer.dtype == object and any(is_blank(entry) for entry in answer.flat)
    if isinstance(answer, dict):
        return any(is_blank(entry) for entry in answer.values())
    if isinstance(answer, list | tuple):
        return any(is_blank(entry) for entry in answer)
    return False


def _does_nothing(code: CodeType) -> bool:
    """Look at the bytecode: a body of ``...`` or ``pass`` only loads a constant and returns."""
    instructions = list(dis.get_instructions(code))
    operations = {instruction.opname for instruction in instructions}
    if operations <= _DO_NOTHING:
        # `return 0.5` is an answer; returning None is what a stub does.
        loaded = [i.argval for i in instructions if i.opname.endswith("_CONST")]
        return loaded[-1:] == [None]
    return code.co_names == ("NotImplementedError",) and "RAISE_VARARGS" in operations
