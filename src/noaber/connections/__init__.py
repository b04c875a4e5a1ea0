"""The outside, one folder each: a client that asks over the network, and a fake with the same answers for tests.

What lives here: talking to others. What does not: what their answers mean to us; that is for whoever asked.
"""

__all__: list[str] = []
