"""Words of the exchange for its templates."""
