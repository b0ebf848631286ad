"""What a writer has told so far, before it becomes a case."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.hotline.case import Attachment, CaseId, Category, FileKind, Level

MAX_PIECES = 40
MAX_FILES = 10
MAX_FILE_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """One message of the writer: text, a file, or both."""

    text: str = ""
    attachment: Attachment | None = None

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"t": self.text}
        if self.attachment:
            found["f"] = [self.attachment.kind.value, self.attachment.reference, self.attachment.size]
        return found

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Piece":
        file = data.get("f")
        return cls(data["t"], Attachment(FileKind(file[0]), file[1], file[2]) if file else None)


@dataclass(frozen=True, slots=True)
class Draft:
    """`case_id` is chosen at the beginning, so that sending twice makes one case."""

    case_id: CaseId
    pieces: tuple[Piece, ...] = ()
    category: Category | None = None
    school_known: bool = False  # the question about the school was answered
    school_id: int | None = None
    level: Level | None = None
    contact: str = ""
    consent: tuple[str, str] | None = field(default=None)  # version and hash of the text agreed to
    code: str = ""  # «Без следа»: made when it is sent, kept until it was shown
    masked: bool = False  # names and numbers are taken out before it is sent
    faq_seen: bool = False
    album: str = ""  # the album answered last: its other photos need no word

    @property
    def text(self) -> str:
        return "\n".join(piece.text for piece in self.pieces if piece.text)

    @property
    def files(self) -> tuple[Attachment, ...]:
        return tuple(piece.attachment for piece in self.pieces if piece.attachment)

    @property
    def is_sent(self) -> bool:
        return bool(self.code)

    def to_json(self) -> dict[str, Any]:
        return {
            "category": self.category,
            "school_known": self.school_known,
            "school_id": self.school_id,
            "level": self.level,
            "contact": self.contact,
            "consent": self.consent,
            "code": self.code,
            "masked": self.masked,
            "faq_seen": self.faq_seen,
            "album": self.album,
        }

    @classmethod
    def from_json(cls, case_id: CaseId, data: dict[str, Any], pieces: tuple[Piece, ...]) -> "Draft":
        return cls(
            case_id,
            pieces,
            None if data["category"] is None else Category(data["category"]),
            data["school_known"],
            data["school_id"],
            None if data["level"] is None else Level(data["level"]),
            data["contact"],
            None if data["consent"] is None else (data["consent"][0], data["consent"][1]),
            data["code"],
            data["masked"],
            data["faq_seen"],
            data["album"],
        )

    def having(self, **changes: Any) -> "Draft":
        return replace(self, **changes)
