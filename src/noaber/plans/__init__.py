"""The room `plans`: being built."""
