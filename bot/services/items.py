"""Items of the checklists by the name that a report keeps."""

from bot.domain.checklist import Item
from bot.domain.checklist_file import load_checklists
from bot.domain.errors import UnknownItem


def find_item(checklist: str, code: str) -> Item | None:
    """In its newest wording. None for an item or a checklist that no version knows."""
    try:
        return load_checklists(checklist or "vpr").item(code)
    except (UnknownItem, FileNotFoundError):
        return None
