"""The door `cbs`: being built."""
