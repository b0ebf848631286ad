"""From raw cells to typed rows."""
