"""From the raw cells of somebody's table to typed rows, with a reason for every row that is wrong."""
