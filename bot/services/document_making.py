"""Documents of the ledger as files."""

from bot.domain.export import ExportKind, NothingToExport, Wanted
from bot.services.documents.act import act, received_numbers
from bot.services.documents.certificate import certificate, school_certificate
from bot.services.sheets.source import Source


async def make_document(source: Source, wanted: Wanted) -> tuple[bytes, int]:
    """Акт, acts of all reports of a school, or справка as .docx; and how many acts are in it. Raises `NothingToExport`."""
    from bot.documents.docx import write_docx

    if wanted.kind is ExportKind.ACT:
        numbers = [wanted.report] if wanted.report is not None else await received_numbers(source)
        if not numbers:
            raise NothingToExport(0)
        return write_docx(*[await act(source, number) for number in numbers]), len(numbers)
    if wanted.school_id is not None:
        return write_docx(school_certificate(source)), 0
    return write_docx(await certificate(source)), 0
