"""The room `flows`: being built."""
