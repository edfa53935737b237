"""Which passwords are refused: short, common, about oneself, about here. No other rules."""

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError

from klimtouw.people.models import Person

NOOR = Person(email="noor.vandenbroeck@school.example", display_name="Noor")


@pytest.mark.parametrize(
    "password",
    ["kort", "1234567890", "qwertyuiop", "Klimtouw2026!", "klimtouwklimtouw", "WelkomCoach1", "noor.vandenbroeck",
     "leerling-school-1"],
)  # fmt: skip
def test_it_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, NOOR)


@pytest.mark.parametrize(
    "password",
    ["een lange zin over touw", "op de berg eten wij appels", "aaaaaaaabbbbbbbbb", "😀 kaas en wijn 😀", "é" * 12, "x y z " * 40],
)  # fmt: skip
def test_it_is_taken_whatever_its_signs_and_length(password: str) -> None:
    validate_password(password, NOOR)


def test_it_is_kept_as_it_was_typed(noor: Person) -> None:
    noor.set_password("  Een Zin met Ruimte  ")
    assert noor.check_password("  Een Zin met Ruimte  ")
    assert not noor.check_password("een zin met ruimte")


def test_every_common_password_that_is_long_enough_is_refused() -> None:
    """ASVS 6.2.4 asks for the 3,000 commonest that are long enough; the list that comes along has fewer of those."""
    long_enough = [password for password in CommonPasswordValidator().passwords if len(password) >= 10]
    assert len(long_enough) > 1_700
    for password in long_enough:
        with pytest.raises(ValidationError):
            validate_password(password, NOOR)
