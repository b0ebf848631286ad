"""Items of the checklists by the name that a report keeps."""

from bot.domain.checklist import Item
from bot.domain.checklist_file import load_checklist
from bot.domain.errors import UnknownItem


def find_item(checklist: str, code: str) -> Item | None:
    """None for an item or a checklist that this version does not know."""
    try:
        return load_checklist(checklist or "vpr").item(code)
    except (UnknownItem, FileNotFoundError):
        return None
