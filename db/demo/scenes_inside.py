"""Drawings of what happens inside of buildings, before the work and after it."""

from db.demo.sketch import (
    BLUE,
    BRICK,
    DARK,
    GLOW,
    GREEN,
    GREY,
    INK,
    LINES,
    OCHRE,
    PLUM,
    WHITE,
    Scene,
    Sketch,
)


def _lift(draw: Sketch, after: bool) -> None:
    draw.box(270, 110, 690, 560, GREY, 10)
    draw.box(300, 140, 660, 560, "#cfd3cc" if after else "#8f948c")
    if after:
        draw.box(300, 140, 400, 560, "#bfc4bb")
        draw.box(560, 140, 660, 560, "#bfc4bb")
        draw.person(480, 556, GREEN)
    else:
        draw.line(((480, 140), (480, 560)), DARK, 5)
        draw.box(360, 290, 600, 400, OCHRE, 12)
        draw.line(((395, 330), (565, 330)), WHITE, 12)
        draw.line(((395, 362), (520, 362)), WHITE, 12)
    draw.box(400, 55, 560, 98, INK, 8)
    draw.shape(((462, 88), (480, 65), (498, 88)), GLOW if after else BRICK)
    for place in (300, 350):
        draw.oval(745, place, 16, 16, GLOW if after else DARK)


def _garage(draw: Sketch, after: bool) -> None:
    draw.box(0, 0, 960, 720, "#dfe3dc" if after else "#454a47")
    draw.box(0, 560, 960, 720, "#b9bdb2" if after else "#33372f")
    for place in (120, 440, 760):
        draw.box(place, 0, place + 60, 600, "#f0eee4" if after else "#5a5f5a")
        draw.box(place, 480, place + 60, 540, OCHRE)
    for place in (290, 620):
        draw.box(place, 60, place + 110, 82, GLOW if after else "#6a6f6a", 8)
        if after:
            draw.shape(
                ((place, 84), (place + 110, 84), (place + 150, 200), (place - 40, 200)), "#f4efd5"
            )
    draw.car(210, 640, GREEN if after else "#5c635d")
    if not after:
        draw.car(560, 650, "#5c635d")


def _leak(draw: Sketch, after: bool) -> None:
    draw.box(0, 0, 960, 90, WHITE)
    draw.box(560, 180, 820, 400, "#cfe3ea", 6, GREY)
    draw.line(((690, 180), (690, 400)), GREY, 8)
    draw.box(110, 430, 430, 560, PLUM, 24)
    draw.box(90, 380, 450, 470, PLUM, 24)
    if not after:
        draw.oval(330, 95, 190, 40, "#a2977c")
        draw.oval(350, 85, 120, 26, "#857a60")
        for place, drop in ((270, 180), (340, 260), (410, 210)):
            draw.shape(((place, drop - 34), (place - 13, drop), (place + 13, drop)), BLUE)
            draw.oval(place, drop + 4, 13, 13, BLUE)
        draw.shape(((500, 590), (640, 590), (615, 680), (525, 680)), OCHRE)
        draw.oval(570, 592, 70, 15, BLUE)


def _pipe(draw: Sketch, after: bool) -> None:
    draw.box(140, 0, 200, 420, GREY)
    draw.box(140, 380, 620, 440, GREY, 20)
    draw.box(560, 380, 620, 560, GREY)
    draw.box(345, 365, 405, 455, GREEN if after else BRICK, 8)
    if not after:
        draw.shape(((350, 455), (300, 560), (450, 560), (400, 455)), BLUE)
        draw.oval(380, 590, 250, 40, BLUE)
    draw.box(690, 300, 860, 560, WHITE, 10, GREY)
    draw.oval(775, 420, 46, 46, "#cfe3ea")


def _flood(draw: Sketch, after: bool) -> None:
    _garage(draw, after)
    if not after:
        draw.box(0, 590, 960, 720, "#5f7f93")
        for row in (615, 655, 695):
            for place in range(40, 960, 180):
                draw.line(((place, row), (place + 45, row - 10), (place + 90, row)), "#8fb0c2", 6)
    else:
        draw.box(60, 640, 900, 664, DARK, 6)
        for place in range(80, 890, 40):
            draw.box(place, 644, place + 18, 660, "#b9bdb2")


def _clutter(draw: Sketch, after: bool) -> None:
    _stairs(draw)
    if not after:
        for x, y, wide, high, fill in (
            (60, 430, 190, 170, OCHRE),
            (90, 300, 140, 130, "#b98a52"),
            (250, 500, 150, 120, "#a97f4b"),
            (640, 450, 120, 190, PLUM),
        ):
            draw.box(x, y, x + wide, y + high, fill, 6, DARK)
        draw.line(((700, 450), (780, 330)), DARK, 10)
    else:
        draw.box(80, 200, 250, 330, WHITE, 8, GREEN)
        for row in (235, 265, 295):
            draw.line(((105, row), (225, row)), GREEN, 8)


def _stairs(draw: Sketch) -> None:
    for step in range(6):
        left = 420 + step * 90
        draw.box(left, 560 - step * 62, 960, 640 - step * 62, "#c4bda6", edge="#a39c86")
    draw.line(((430, 430), (900, 110)), GREEN, 14)
    for step in range(5):
        x, y = 450 + step * 100, 418 - step * 68
        draw.line(((x, y), (x, y + 130)), GREEN, 7)


def _stairlight(draw: Sketch, after: bool) -> None:
    if not after:
        draw.box(0, 0, 960, 720, "#3a3f42")
    _stairs(draw)
    if after:
        draw.shape(((190, 90), (290, 90), (470, 420), (10, 420)), "#f8edc4")
    draw.box(225, 0, 255, 60, DARK)
    draw.oval(240, 84, 52, 34, GLOW if after else "#6f746f")


def _ebike(draw: Sketch, after: bool) -> None:
    draw.box(250, 110, 710, 560, GREY, 10)
    draw.box(285, 140, 675, 560, "#cfd3cc")
    if after:
        draw.box(360, 220, 600, 420, WHITE, 20, GREEN)
        draw.line(((420, 360), (540, 360)), DARK, 12)
        draw.line(((440, 270), (480, 360), (530, 280)), DARK, 10)
        draw.line(((380, 240), (580, 400)), BRICK, 16)
        return
    for x in (350, 600):
        draw.oval(x, 520, 62, 62, INK)
        draw.oval(x, 520, 40, 40, "#cfd3cc")
    draw.line(((350, 520), (430, 410), (560, 410), (600, 520)), BRICK, 22)
    draw.line(((600, 520), (570, 340), (620, 330)), DARK, 14)
    draw.box(380, 375, 480, 410, DARK, 12)


def _extinguisher(draw: Sketch, after: bool) -> None:
    draw.box(220, 160, 740, 560, BRICK if after else "#8a5a50", 12)
    draw.box(245, 185, 715, 535, "#f4e9e2" if after else "#b9a99f")
    for place in (340, 500) if after else (340,):
        draw.box(place, 300, place + 90, 520, BRICK if after else "#7d4a41", 30)
        draw.box(place + 28, 260, place + 62, 305, INK, 6)
        draw.line(((place + 60, 275), (place + 110, 300), (place + 105, 380)), INK, 9)
    if after:
        draw.oval(640, 400, 46, 46, WHITE)
        draw.oval(640, 400, 30, 30, OCHRE)
    else:
        draw.line(((480, 200), (560, 330), (500, 400), (600, 520)), GREY, 5)


def _gate(draw: Sketch, after: bool) -> None:
    draw.box(300, 100, 660, 560, DARK, 6)
    draw.box(320, 120, 640, 560, "#b7c8c4" if after else "#99a3a0")
    draw.line(((480, 120), (480, 560)), DARK, 8)
    draw.box(700, 260, 800, 430, INK, 10)
    draw.box(715, 275, 785, 335, GREEN if after else BRICK, 6)
    for row in (355, 385):
        for column in (722, 750, 778):
            draw.oval(column, row, 9, 9, LINES)
    if after:
        draw.box(808, 330, 868, 372, OCHRE, 6)
    else:
        draw.line(((340, 330), (620, 330)), BRICK, 14)


INSIDE: dict[str, Scene] = {
    "lift": _lift,
    "garage": _garage,
    "leak": _leak,
    "pipe": _pipe,
    "flood": _flood,
    "clutter": _clutter,
    "stairlight": _stairlight,
    "ebike": _ebike,
    "extinguisher": _extinguisher,
    "gate": _gate,
}
