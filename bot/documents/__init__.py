"""Blocks become a document that can be printed and signed."""
