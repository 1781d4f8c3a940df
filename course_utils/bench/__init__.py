"""Measurements that back the claims: `course bench`."""
