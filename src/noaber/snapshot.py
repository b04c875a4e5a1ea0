"""The snapshot: being built."""
