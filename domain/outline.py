"""What a log may say of an unexpected error: where it happened, never with which values."""

import traceback


def outline(error: BaseException) -> str:
    """The error's class and the places it passed, innermost last.

    Its message is left out: messages of databases and parsers quote people's words and numbers.
    """
    places = [
        f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    cause = error.__cause__
    told = f" from {type(cause).__module__}.{type(cause).__qualname__}" if cause else ""
    return f"{name}{told} at " + " > ".join(places)
