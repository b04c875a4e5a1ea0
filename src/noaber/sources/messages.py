"""The door `messages`: being built."""
