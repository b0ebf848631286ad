"""Documents of the ledger as files."""

from bot.documents.docx import write_docx
from bot.domain.export import ExportKind, NothingToExport, Wanted
from bot.services.documents.act import act
from bot.services.documents.certificate import certificate, school_certificate
from bot.services.sheets.source import Source


async def make_document(source: Source, wanted: Wanted) -> bytes:
    """Акт or справка as .docx. Raises `NothingToExport`."""
    if wanted.kind is ExportKind.ACT:
        if wanted.report is None:
            raise NothingToExport(0)
        return write_docx(await act(source, wanted.report))
    if wanted.school_id is not None:
        return write_docx(school_certificate(source))
    return write_docx(await certificate(source))
