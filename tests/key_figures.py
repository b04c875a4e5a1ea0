"""A row of key figures, as the door `cbs` keeps it."""


def told(year, area, name, value, *, table="85984NED", status="final", period=None):
    return {
        "table_id": table,
        "period": period or f"{year}JJ00",
        "year": year,
        "area": area,
        "name": name,
        "value": value,
        "unit": "number",
        "status": status,
    }
