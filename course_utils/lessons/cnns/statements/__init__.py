"""Statements about convolutions and about LeNet: rows that say what makes each true."""
