"""The kinds of question parts, a module each: how one is printed, marked and shown."""
