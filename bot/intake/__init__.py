"""Updates in: stored and committed first, acknowledged second, handled third."""
