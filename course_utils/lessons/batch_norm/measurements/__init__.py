"""What the statements of item 1.4 are decided by."""
