"""A small sheet to draw on: plain shapes in the house's colours, smooth at the edges."""

from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 720
FINE = 2  # drawn larger and shrunk, for smooth edges

GREEN, OCHRE, BLUE, BRICK = "#2f6b4f", "#c8893d", "#4a7ba6", "#a6493d"
OLIVE, PLUM, INK, LINES = "#8a8f4d", "#7a6a9c", "#24302a", "#dcd8c8"
WALL, DULL_WALL = "#f3efe2", "#d9d2c0"
FLOOR, DULL_FLOOR = "#d5cfba", "#b3ab95"
WHITE, GREY, DARK, GLOW = "#fbfaf6", "#a9a797", "#4b524c", "#f6d98a"

Points = Sequence[tuple[float, float]]


class Sketch:
    """One drawing; positions are pixels of the finished picture."""

    def __init__(self, bright: bool) -> None:
        self.bright = bright
        wall = WALL if bright else DULL_WALL
        self._image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), wall)
        self._draw = ImageDraw.Draw(self._image)
        self.box(0, 540, WIDTH, HEIGHT, FLOOR if bright else DULL_FLOOR)

    def outdoors(self, night: bool = False) -> None:
        """A sky, a house in the distance and the ground instead of a room."""
        sky = "#31404f" if night else "#cfe3ea" if self.bright else "#c3c8c6"
        self.box(0, 0, WIDTH, 460, sky)
        for place, height in ((40, 180), (250, 120), (700, 150)):
            self.box(place, height, place + 180, 460, "#59636b" if night else "#e6dfcd")
            for row in range(height + 25, 420, 55):
                for column in range(place + 22, place + 160, 50):
                    self.box(column, row, column + 26, row + 30, "#8e99a0" if night else "#b9c7c9")
        self.box(0, 460, WIDTH, HEIGHT, "#5b6159" if night else "#bfc4ae")

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        fill: str,
        radius: float = 0,
        edge: str | None = None,
    ) -> None:
        """A rectangle, with round corners where asked."""
        corners = [left * FINE, top * FINE, right * FINE, bottom * FINE]
        self._draw.rounded_rectangle(corners, radius * FINE, fill, edge, 3 * FINE if edge else 1)

    def oval(self, x: float, y: float, wide: float, high: float, fill: str) -> None:
        """An ellipse around its middle."""
        corners = [(x - wide) * FINE, (y - high) * FINE, (x + wide) * FINE, (y + high) * FINE]
        self._draw.ellipse(corners, fill)

    def line(self, points: Points, fill: str, width: float = 6) -> None:
        """A line through all points."""
        scaled = [(x * FINE, y * FINE) for x, y in points]
        self._draw.line(scaled, fill, round(width * FINE), "curve")

    def shape(self, points: Points, fill: str) -> None:
        """A filled shape."""
        self._draw.polygon([(x * FINE, y * FINE) for x, y in points], fill)

    def car(self, x: float, y: float, fill: str) -> None:
        """A car from the side; `x`, `y` is where its left wheel stands."""
        self.shape(((x, y - 75), (x + 50, y - 135), (x + 165, y - 135), (x + 225, y - 75)), fill)
        self.box(x - 35, y - 85, x + 270, y - 15, fill, 18)
        self.shape(
            ((x + 25, y - 82), (x + 60, y - 122), (x + 155, y - 122), (x + 195, y - 82)), "#dfeaf0"
        )
        for wheel in (x + 30, x + 200):
            self.oval(wheel, y - 12, 30, 30, INK)
            self.oval(wheel, y - 12, 13, 13, GREY)

    def person(self, x: float, y: float, fill: str) -> None:
        """Somebody who stands at `x`, `y`."""
        self.box(x - 34, y - 130, x + 34, y, fill, 26)
        self.oval(x, y - 165, 32, 32, "#e3b98f")

    def finished(self, tick: bool) -> Image.Image:
        """The picture in its final size, with a green tick where the work is done."""
        if tick:
            self.oval(816, 112, 48, 48, GREEN)
            self.line(((792, 114), (810, 134), (842, 92)), WHITE, 11)
        else:
            self.oval(816, 112, 48, 48, BRICK)
            self.box(810, 80, 822, 122, WHITE, 5)
            self.oval(816, 138, 7, 7, WHITE)
        return self._image.reduce(FINE)


Scene = Callable[[Sketch, bool], None]  # draws before (False) or after the work (True)
