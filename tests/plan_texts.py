"""Plans as short texts: what a test writes, read and checked."""

from __future__ import annotations

import textwrap

from noaber import plans

HEAD = 'source = "Made up"\nunit = "keur"\n'


def read(text: str, *, head: str = HEAD) -> plans.Plan:
    """Return the plan of one text; the first line of `text` is line 3 of the file `plan.toml`."""
    return plans.together([plans.parse(head + textwrap.dedent(text).lstrip("\n"), "plan.toml")])


def said(text: str, *, head: str = HEAD, **given: object) -> list[str]:
    """Return what is found in the plan of a text, in English, with its place."""
    found = plans.check(read(text, head=head), **given)
    return [f"{item.file}:{item.line} {item.what('en')}" for item in found]
