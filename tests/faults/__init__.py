"""Faults on purpose: kill -9, power cuts, a messenger that misbehaves, full disks, floods; and the proof that nothing is lost."""
