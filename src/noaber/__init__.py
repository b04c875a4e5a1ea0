"""Noaber: the social domain of a Dutch municipality and its partners, from what suppliers send to what a council reads.

Nothing lives here but the version: Python runs this file for every import of the package.
"""

__version__ = "0.1.0"
