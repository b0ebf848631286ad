"""Delivery over real loopback HTTP, from a real outbox."""
