"""The room `messages`: being built."""
