"""The room `figures`: being built."""
