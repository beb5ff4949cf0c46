"""What can go wrong for a user, each told in a sentence that says what to do."""


def N_(msgid: str) -> str:
    """Mark a text for translation without translating it here (rules know no language)."""
    return msgid


class DeskError(Exception):
    """Base of every error that a user can mend; pages and routes have one handler for it.

    Args:
        template: English message with `{name}` fields, the key of its translation.
        params: the fields' values, filled in after translation.
    """

    def __init__(self, template: str, **params: object) -> None:
        super().__init__(template)
        self.template = template
        self.params = params

    def __str__(self) -> str:
        return self.template.format(**self.params)


class Refused(DeskError):
    """The request breaks a rule; nothing was changed."""


class NotAllowed(DeskError):
    """This person may not do this, or not to this object."""


class NotFound(DeskError):
    """No such object, or none that this person may see: outsiders cannot tell which."""


class TryAgain(DeskError):
    """Somebody else changed the same thing first, or the database was busy."""


class FieldError(DeskError):
    """One field of a form is wrong; `field` names it so that the text stands beside it."""

    def __init__(self, field: str, template: str, **params: object) -> None:
        super().__init__(template, **params)
        self.field = field
