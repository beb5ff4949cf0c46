"""Drawings of what happens on the grounds, before the work and after it."""

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
    OLIVE,
    PLUM,
    WHITE,
    Scene,
    Sketch,
)


def _parking(draw: Sketch, after: bool) -> None:
    draw.outdoors()
    draw.box(330, 190, 630, 500, "#efe7d3", edge=GREY)
    draw.box(410, 290, 550, 500, GREEN if after else DARK, 8)
    draw.shape(((0, 720), (0, 560), (960, 560), (960, 720)), "#8d9086")
    if after:
        for place in range(320, 660, 60):
            draw.shape(
                ((place, 640), (place + 34, 640), (place + 4, 580), (place - 30, 580)), OCHRE
            )
        for place in (300, 660):
            draw.box(place - 9, 480, place + 9, 580, BRICK, 6)
            draw.box(place - 9, 505, place + 9, 530, WHITE)
        draw.person(480, 640, BLUE)
    else:
        draw.car(90, 640, BLUE)
        draw.car(390, 650, BRICK)
        draw.car(690, 640, PLUM)


def _charger(draw: Sketch, after: bool) -> None:
    draw.outdoors()
    draw.shape(((150, 190), (810, 150), (810, 190), (150, 230)), GREEN)
    for place in (190, 770):
        draw.box(place, 200, place + 16, 600, GREY)
    for place in (300, 560):
        draw.box(place, 330, place + 90, 580, WHITE, 14, GREY)
        draw.box(place + 18, 355, place + 72, 405, GREEN if after else BRICK, 6)
        cable = ((place + 45, 420), (place + 80, 520), (place + 150, 480 if after else 590))
        draw.line(cable, INK, 8)
    if after:
        draw.car(640, 660, BLUE)


def _rubbish(draw: Sketch, after: bool) -> None:
    draw.outdoors()
    for place, fill in ((180, GREEN), (390, BLUE), (600, DARK)):
        draw.box(place, 360, place + 150, 600, fill, 14)
        draw.box(place - 12, 335, place + 162, 375, fill, 12)
        draw.oval(place + 75, 480, 30, 30, WHITE)
    if not after:
        for x, y, size, fill in (
            (160, 640, 60, INK),
            (330, 660, 48, PLUM),
            (520, 650, 62, DARK),
            (730, 655, 55, INK),
            (260, 325, 46, INK),
            (470, 322, 52, OCHRE),
        ):
            draw.oval(x, y, size, size * 0.75, fill)
            draw.shape(((x - 12, y - size * 0.7), (x + 12, y - size * 0.7), (x, y - size)), fill)


def _lamp(draw: Sketch, after: bool) -> None:
    draw.outdoors(night=True)
    lean = 0 if after else 60
    if after:
        draw.shape(((300, 190), (420, 190), (600, 640), (120, 640)), "#e9dca6")
    draw.line(((360, 650), (360 + lean, 150)), GREY, 20)
    draw.box(300 + lean, 130, 420 + lean, 190, GLOW if after else DARK, 18)
    if not after:
        draw.line(((390, 420), (430, 460), (405, 520), (450, 560)), BRICK, 8)
    draw.person(700, 640, BLUE if after else "#46505a")


def _tree(draw: Sketch, after: bool) -> None:
    draw.outdoors()
    if after:
        draw.box(640, 330, 676, 620, "#7b5a3a")
        draw.oval(658, 300, 90, 80, GREEN)
        for place in (240, 330, 420):
            draw.oval(place, 600, 46, 36, OLIVE)
            draw.oval(place, 570, 14, 14, OCHRE)
    else:
        draw.line(((480, 660), (470, 420), (560, 220)), "#6b5138", 46)
        draw.line(((474, 430), (350, 250)), "#6b5138", 26)
        for x, y in ((560, 210), (340, 240), (450, 180), (250, 330), (650, 300)):
            draw.oval(x, y, 150, 100, "#5c6b3f")
        draw.line(((560, 600), (760, 640)), "#6b5138", 18)


def _ramp(draw: Sketch, after: bool) -> None:
    draw.box(560, 120, 860, 440, "#efe7d3", edge=GREY)
    draw.box(640, 200, 780, 440, GREEN, 6)
    for step in range(3):
        draw.box(540 - step * 50, 440 + step * 50, 960, 720, "#c4bda6", edge="#a39c86")
    if after:
        draw.shape(((100, 600), (560, 440), (560, 600)), "#b9bdb2")
        draw.line(((110, 500), (560, 345)), BLUE, 12)
        for place in (140, 330, 530):
            draw.line(
                ((place, 600 - (place - 100) * 0.35), (place, 490 - (place - 110) * 0.34)), BLUE
            )
    x, y = (330, 500) if after else (230, 560)
    draw.oval(x, y, 52, 52, INK)
    draw.oval(x, y, 38, 38, LINES)
    draw.box(x - 20, y - 110, x + 45, y - 20, PLUM, 20)
    draw.oval(x + 10, y - 145, 30, 30, "#e3b98f")


def _pavilion(draw: Sketch, after: bool) -> None:
    draw.outdoors()
    draw.shape(((200, 250), (480, 90), (760, 250)), GREEN if after else "#6d7d6e")
    for place in (260, 680):
        draw.box(place, 250, place + 24, 600, BRICK if after else "#8f5c50")
    draw.box(390, 470, 570, 500, GREY, 8)
    draw.box(462, 500, 498, 610, GREY)
    for place in (330, 590):
        draw.box(place, 540, place + 50, 610, GREY, 8)
    if after:
        draw.person(355, 545, BLUE)
        draw.person(615, 545, PLUM)
    else:
        draw.line(((480, 470), (465, 485), (492, 500)), INK, 7)


OUTSIDE: dict[str, Scene] = {
    "parking": _parking,
    "charger": _charger,
    "rubbish": _rubbish,
    "lamp": _lamp,
    "tree": _tree,
    "ramp": _ramp,
    "pavilion": _pavilion,
}
