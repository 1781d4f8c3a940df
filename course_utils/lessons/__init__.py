"""The lectures' rooms: one package a lecture, named as the lecture's source without its number.

A room holds ``model.py`` (what the lecture computes), ``explorers.py``, ``exercises.py`` and
``questions.py``. Rooms know the engines and never each other.
"""
