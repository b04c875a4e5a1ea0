"""The council's home: what stands out, what was promised, what is next, and finding anything that is public.

What lives here: the home, the moments of the cycle, and the search. What does not: the figures and the questions under
them (published). Everything here may be read by everyone; keeping the moments takes a permission.
"""

__all__: list[str] = []
