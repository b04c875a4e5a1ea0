"""Figures that another organisation made public: an index and its files, on an address or in a folder.

What lives here: fetching them, with limits on how much and from where. What does not: what a file says (disclosure)
and which are shown (the room `published` of the web).
"""

from .client import Address, FiguresUnreachableError, Folder, Source, source

__all__ = ["Address", "FiguresUnreachableError", "Folder", "Source", "source"]
