"""The room `connections`: being built."""
