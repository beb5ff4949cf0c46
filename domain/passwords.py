"""What a password must be: long, and none that everybody tries first."""

from domain.errors import N_, FieldError

SHORTEST = 10  # characters; length is what makes guessing costly
LONGEST = 200  # a bound on what is hashed

# Longer than the shortest and still among the first guesses, in China and elsewhere.
COMMON = frozenset(
    {
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "147258369a",
        "a1234567890",
        "aa123456789",
        "abc123456789",
        "admin123456",
        "administrator",
        "iloveyou123",
        "letmein1234",
        "p@ssw0rd123",
        "passw0rd123",
        "password123",
        "password1234",
        "q1w2e3r4t5",
        "qazwsxedcrfv",
        "qwe123456789",
        "qwer123456",
        "qwerty123456",
        "qwertyuiop",
        "woaini1314520",
        "woaini520520",
        "zhang123456",
    }
)
_ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def check_password(password: str, login: str = "", name: str = "") -> None:
    """Refuse what an attacker tries first.

    Raises:
        FieldError: on `password`, with what to do instead.
    """
    if len(password) < SHORTEST:
        raise FieldError("password", N_("Use at least {n} characters."), n=SHORTEST)
    if len(password) > LONGEST:
        raise FieldError("password", N_("Use at most {n} characters."), n=LONGEST)
    folded = password.casefold()
    if (
        folded in COMMON
        or len(set(folded)) < 4
        or _is_a_run(folded)
        or any(
            word and len(word) > 2 and _mostly(word.casefold(), folded) for word in (login, name)
        )
    ):
        raise FieldError(
            "password",
            N_("This is among the first that others try. Use a few words of your own."),
        )


def _is_a_run(folded: str) -> bool:
    return any(folded in row or folded in row[::-1] for row in _ROWS)


def _mostly(word: str, folded: str) -> bool:
    """Whether little is left of the password when the word is taken out."""
    return len(folded.replace(word, "")) < 4
