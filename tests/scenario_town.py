"""A small town for scenarios: four Wmo forms, two of youth, a service elsewhere, two districts; and plans in text."""

from datetime import date

import numpy as np

from noaber import plans
from noaber.flows import Forms, Parameter, Rates, Town
from noaber.records import Text
from noaber.scenarios import Baseline
from noaber.scenarios.baseline import AGES

FORMS = ("LIGHT", "HEAVY", "GROUP", "YOUTH", "STAY", "SERVICE", "WLZ")
LAWS = ("wmo", "wmo", "wmo", "jeugdwet", "jeugdwet", "wmo", "other")


def baseline(months=48):
    """Return a town of 20,000 residents in two districts, from January 2023 on."""
    bands, areas = len(AGES), 2
    cells = bands * areas
    residents = np.tile(np.linspace(800, 1200, bands), areas)
    old = np.tile([first >= 18 for first, _ in AGES], areas)
    rate = np.array([0.002, 0.001, 0.0008, 0.004, 0.0005, 0.0, 0.0])
    inflow = np.where(old[:, None], rate * (np.array(LAWS) != "jeugdwet"), rate * (np.array(LAWS) == "jeugdwet"))
    leave = 1 / np.array([14.0, 24.0, 18.0, 10.0, 20.0, 12.0, 48.0])
    classes = 6
    stock = np.zeros((classes, cells, len(FORMS)))
    stock[-1] = inflow * residents[:, None] / leave * (1 - leave)
    exits = np.tile(leave, (classes, 1))[:, None, :]
    zeros = np.zeros((1, len(FORMS)))
    return Baseline(
        town=Town(
            forms=Forms(
                names=FORMS, laws=LAWS, pools=(*LAWS[:5], "SERVICE", "WLZ"), payers=("municipality",) * 6 + ("wlz",)
            ),
            months=months,
            residents=residents,
            areas=np.repeat([0, 1], bands),
            rates=Rates(
                inflow=inflow[None],
                exit=exits,
                intensity=zeros + 1,
                price=np.array([[300.0, 800.0, 500.0, 450.0, 5000.0, 80.0, 5000.0]]),
                contribution=np.array([[14.0, 14.0, 14.0, 0.0, 0.0, 0.0, 0.0]]),
                fixed=zeros,
                follows=np.array([[0, 1]]),
                through=np.array([[0.1]]),
            ),
            stock=stock,
        ),
        start=date(2023, 1, 1),
        names=tuple(Text(name.title(), name.title()) for name in FORMS),
        elsewhere=("SERVICE", "WLZ"),
        areas=("WK990100", "WK990101"),
        area_names=("Oale Markt", "Hooge Esch"),
        bands=AGES,
        band=np.tile(np.arange(bands), areas),
        referrers={"02": np.array([0.0, 0.0, 0.0, 0.6, 0.2, 0.0, 0.0])},
        parameters=(
            Parameter(name="inflow of LIGHT", middle=1.0, low=0.95, high=1.05, shape="lognormal"),
            Parameter(name="inflow of YOUTH", middle=1.0, low=0.9, high=1.1, shape="lognormal"),
        ),
        pooled={"RARE": "OVERIG_WMO"},
        left_out=("GONE",),
        price_level="2021-11/2022-10",
        snapshot="0" * 16,
        known_on=date(2022, 12, 31),
    )


def plan(text):
    """Return a plan from TOML, in whole euros."""
    return plans.together([plans.parse(f'source = "test"\nunit = "eur"\n{text}', "plan.toml")])


def measure(code="m", *, lever="inflow", law="wmo", size=-0.1, low=None, high=None, more="", head=""):
    """Return the text of a measure with one effect."""
    low, high = size if low is None else low, size if high is None else high
    return f"""
[[measures]]
code = "{code}"
name = "{code}"
{head}
[[measures.effects]]
lever = "{lever}"
law = "{law}"
size = {{ value = {size}, low = {low}, high = {high}, because = "a test" }}
from = 2024-01-01
{more}
"""
