"""Measurements. Each file with a `main` prints `FIGURE name value unit` lines; `python -m tests.bench` runs them all.

A file may say what its figures are in a dictionary `FIGURES`: name → meaning, for the table in README.md.
"""
