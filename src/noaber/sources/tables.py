"""The door `tables`: being built."""
