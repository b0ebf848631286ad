"""The zone in which a run begins at noon: people may correct until 20:00 of their day, and a run begins at any hour."""

from datetime import UTC, datetime

NOON = 12
# by the names of the database of zones the sign is turned round: Etc/GMT-3 is three hours ahead
ZONE = f"Etc/GMT{datetime.now(UTC).hour - NOON:+d}"
