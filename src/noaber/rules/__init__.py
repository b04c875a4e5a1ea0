"""The room `rules`: being built."""
