"""Screens as pure functions of domain objects: the same for a tap, for the outbox and for the gallery."""
