"""The door `backoffice`: being built."""
