"""The Django half, in which people work. Empty for now; the contracts in pyproject.toml already stand around it."""
