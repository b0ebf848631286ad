"""A sheet 1080 pixels wide to draw on: our font, our few colours, no text below 22 pixels."""

from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH = 1080
MARGIN = 40
SMALLEST = 22
COLOURS = 32
ROOM = WIDTH - 2 * MARGIN

WHITE = "#ffffff"
INK = "#111417"
SOFT = "#4b5259"
LINE = "#9aa2ab"
PALE = "#edf1f4"
BLUE = "#34689f"
LIGHT_BLUE = "#a9c4e0"
AMBER = "#f2b84b"
RED = "#b0241c"
GREY = "#c9ced4"

_FONTS = Path(__file__).with_name("fonts")
_MISSING = "\U0010fffd"


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Raises ValueError below the smallest size that can be read on a phone."""
    if size < SMALLEST:
        raise ValueError(f"{size} px cannot be read on a phone")
    return ImageFont.truetype(_FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"), size)


def missing_signs(text: str) -> list[str]:
    """Characters that either weight of the font would show as an empty box."""
    found = set()
    for bold in (False, True):
        drawn = font(SMALLEST, bold=bold)
        box = bytes(drawn.getmask(_MISSING))
        found |= {sign for sign in set(text) if not sign.isspace() and bytes(drawn.getmask(sign)) == box}
    return sorted(found)


class Canvas:
    """Grows downwards: `y` is where the next thing begins; `finish` cuts what was not used. `written`: all its texts."""

    def __init__(self, height: int = 4000) -> None:
        self.image = Image.new("RGB", (WIDTH, height), WHITE)
        self.draw = ImageDraw.Draw(self.image)
        self.y = MARGIN
        self.written: list[str] = []

    def text(
        self, x: float, y: float, text: str, size: int, *, bold: bool = False, colour: str = INK, anchor: str = "la"
    ) -> None:
        self.written.append(text)
        self.draw.text((x, y), text, font=font(size, bold=bold), fill=colour, anchor=anchor)

    def line(self, text: str, size: int, *, bold: bool = False, colour: str = INK, after: int = 12) -> None:
        """A line of text across the sheet, made smaller or cut when it is too long."""
        fitted, size = self.fit(text, ROOM, size, bold=bold)
        self.text(MARGIN, self.y, fitted, size, bold=bold, colour=colour)
        self.y += round(size * 1.25) + after

    def fit(self, text: str, width: float, size: int, *, bold: bool = False) -> tuple[str, int]:
        """The text and the size at which it takes at most `width`; cut with «…» when even the smallest does not do."""
        while size > SMALLEST and font(size, bold=bold).getlength(text) > width:
            size -= 2
        size = max(size, SMALLEST)
        drawn = font(size, bold=bold)
        if drawn.getlength(text) <= width:
            return text, size
        while text and drawn.getlength(text + "…") > width:
            text = text[:-1]
        return text.rstrip() + "…", size

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        outline: str | None = None,
        radius: int = 0,
    ) -> None:
        """Coordinates are of the outer edge; the outline is 2 pixels wide."""
        if width <= 0 or height <= 0:
            return
        corners = (round(x), round(y), round(x + width) - 1, round(y + height) - 1)
        self.draw.rounded_rectangle(corners, radius, fill=fill, outline=outline, width=2 if outline else 0)

    def hatched(self, x: float, y: float, width: float, height: float, colour: str, *, step: int = 12) -> None:
        """Slanted lines in a frame: told apart from a filled box without any colour."""
        if width < 4:
            self.box(x, y, width, height, fill=colour)
            return
        tile = Image.new("RGB", (max(1, round(width)), max(1, round(height))), WHITE)
        pen = ImageDraw.Draw(tile)
        for start in range(-tile.height, tile.width + tile.height, step):
            pen.line((start, tile.height, start + tile.height, 0), fill=colour, width=4)
        pen.rectangle((0, 0, tile.width - 1, tile.height - 1), outline=colour, width=2)
        self.image.paste(tile, (round(x), round(y)))

    def finish(self) -> bytes:
        """PNG of few colours: text and flat areas need no more, and it is ten times smaller than a photograph.

        Pillow's `optimize` would make it a sixth smaller and take three quarters of all the time of a picture.
        """
        cut = self.image.crop((0, 0, WIDTH, round(self.y) + MARGIN))
        out = BytesIO()
        cut.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            out, "PNG", compress_level=6
        )
        return out.getvalue()
