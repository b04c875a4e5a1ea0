"""The door `partner`: being built."""
