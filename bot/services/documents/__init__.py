"""What the documents say, block by block."""
