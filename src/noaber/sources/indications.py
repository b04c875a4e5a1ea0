"""The door `indications`: being built."""
