"""All tables: what suppliers fill, and what the snapshot folds from it."""

from __future__ import annotations

from typing import Final

from .support import ALLOCATION, ANSWER, CLAIM, COST, REPLY, REQUEST, START, STOP, SUPPORT
from .surroundings import (
    AREA_NAME,
    BUDGET,
    CONTACT,
    EXPERIENCE,
    FUNDING,
    HOUSEHOLDS,
    INDICATION_TABLE,
    KEY_FIGURE,
    PARTNER_COUNT,
    POPULATION,
    PRICE_INDEX,
    PROVIDER_REGISTER,
    REALISATION,
)
from .table import Table

DELIVERED: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        ALLOCATION,
        START,
        STOP,
        REQUEST,
        ANSWER,
        REPLY,
        CLAIM,
        POPULATION,
        HOUSEHOLDS,
        KEY_FIGURE,
        AREA_NAME,
        PRICE_INDEX,
        BUDGET,
        REALISATION,
        FUNDING,
        PROVIDER_REGISTER,
        INDICATION_TABLE,
        CONTACT,
        PARTNER_COUNT,
        EXPERIENCE,
    )
}
"""Tables that doors fill, by name."""

FOLDED: Final[dict[str, Table]] = {table.name: table for table in (SUPPORT, COST)}
"""Tables that the snapshot folds from delivered ones, by name."""

TABLES: Final[dict[str, Table]] = DELIVERED | FOLDED
