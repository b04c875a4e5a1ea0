"""The room `scenarios`: being built."""
