"""The engine and its slow twin give the same clients, starts, ends and euros in any small town with any measures."""

import numpy as np
from flow_towns import measures, towns
from hypothesis import given, settings

from flow_twin import Twin
from noaber import flows


@settings(max_examples=150, deadline=None)
@given(towns(), measures())
def test_the_engine_agrees_with_its_slow_twin(town, plan):
    fast = flows.evaluate(town, plan)
    slow = Twin(town, plan).run()
    for name in ("clients", "starts", "ends", "net"):
        assert np.allclose(getattr(fast, name)[0], slow[name], rtol=1e-9, atol=1e-7), name
