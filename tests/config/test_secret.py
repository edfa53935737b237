"""The key of an installation that was given none."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from klimtouw.config.secret import secret_key


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    assert secret_key(tmp_path / "home") == secret_key(tmp_path / "home")


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    secret_key(tmp_path / "home")
    assert (tmp_path / "home" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700


def test_two_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(secret_key, [tmp_path] * 64))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_two_installations_get_different_keys(tmp_path: Path) -> None:
    assert secret_key(tmp_path / "one") != secret_key(tmp_path / "two")
