"""Checklists as data: one TOML file each, read by bot.domain.checklist_file."""
