"""A small made-up town for every test that wants one: built once per test run, at a fiftieth of the real size.

Use it as a fixture: `def test_something(small_town: demo.Town)`; tests/conftest.py makes it known everywhere.
Read-only: copy the folder before you change anything in it.
"""

from __future__ import annotations

from datetime import date

import pytest

from noaber import demo

SEED = 20
UNTIL = date(2026, 6, 30)
SCALE = 0.02


@pytest.fixture(scope="session")
def small_town(tmp_path_factory: pytest.TempPathFactory) -> demo.Town:
    """The town Noaberstad with about 1,660 residents, its deliveries up to 30 June 2026 and the truth behind them."""
    return demo.make(tmp_path_factory.mktemp("noaberstad"), seed=SEED, until=UNTIL, scale=SCALE)
