"""The room `forecasts`: being built."""
