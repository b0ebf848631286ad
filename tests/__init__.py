"""Tests mirror the code they test."""
