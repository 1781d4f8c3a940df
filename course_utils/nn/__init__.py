"""The layer framework of the exercises, in readable and fast NumPy."""
