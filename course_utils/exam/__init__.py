"""The examination: questions, marking, and the widgets that ask them."""
