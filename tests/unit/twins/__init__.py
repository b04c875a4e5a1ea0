"""Every indicator a second time: slow, obvious, in plain loops over plain rows.

The formulas in SQL count changes and cut spells; these twins look at every day or every person, as one would by hand.
Each takes the rows of all tables and the question, and returns cells by (period, codes of the dimensions): the value,
what it rests on, and for a ratio the numerator and the denominator.
"""

from __future__ import annotations

from collections.abc import Callable

from noaber.indicators import Question

from .course import duration, intensity_group, intensity_individual, waiting
from .ground import Cells, Tables
from .money import (
    budget_by_care_form,
    budget_realisation,
    funding_gap,
    spending,
    spending_per_client,
    spending_per_resident,
    spending_real,
)
from .municipalities import (
    municipalities_benefit,
    municipalities_residents,
    municipalities_wmo,
    municipalities_youth,
)
from .providers import certified_institutions, provider_dependence, provider_spend, referrer_share
from .support import (
    households_with_support,
    indications_per_resident,
    pyramid,
    residents_per_1000,
    residents_with_support,
    support_inflow,
    support_outflow,
    support_stock,
)
from .surroundings import contacts, experience, indications_by_care_form, population_by_age

TWINS: dict[str, Callable[[Tables, Question], Cells]] = {
    twin.__name__: twin
    for twin in (
        residents_with_support,
        households_with_support,
        support_stock,
        support_inflow,
        support_outflow,
        indications_per_resident,
        residents_per_1000,
        pyramid,
        spending,
        spending_real,
        spending_per_resident,
        spending_per_client,
        intensity_individual,
        intensity_group,
        duration,
        waiting,
        referrer_share,
        certified_institutions,
        provider_spend,
        provider_dependence,
        budget_realisation,
        experience,
        contacts,
        indications_by_care_form,
        budget_by_care_form,
        funding_gap,
        population_by_age,
        municipalities_wmo,
        municipalities_youth,
        municipalities_benefit,
        municipalities_residents,
    )
}
