"""The settings refuse nonsense, and name the variable that holds it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tapertrack import env

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def no_trace(monkeypatch):
    """The names read here are no settings of the site."""
    monkeypatch.setattr(env, "DOCUMENTED", [])


@pytest.mark.parametrize(("text", "value"), [("1", True), ("yes", True), ("OFF", False), ("0", False), ("", True)])
def test_a_yes_or_no(monkeypatch, text, value):
    monkeypatch.setenv("TAPERTRACK_X", text)
    assert env.env_bool("TAPERTRACK_X", True) is value


@pytest.mark.parametrize("text", ["maybe", "2", "tru"])
def test_no_yes_or_no(monkeypatch, text):
    monkeypatch.setenv("TAPERTRACK_X", text)
    with pytest.raises(ImproperlyConfigured, match="TAPERTRACK_X"):
        env.env_bool("TAPERTRACK_X", True)


@pytest.mark.parametrize("text", ["https://journal.example.org", "journal.example.org:8000", "a b", "a/b", "*"])
def test_what_is_no_host(monkeypatch, text):
    monkeypatch.setenv("TAPERTRACK_X", f"localhost, {text}")
    with pytest.raises(ImproperlyConfigured, match="TAPERTRACK_X"):
        env.env_hosts("TAPERTRACK_X", [])


def test_hosts(monkeypatch):
    monkeypatch.setenv("TAPERTRACK_X", "journal.example.org, [::1] ,.example.net")
    assert env.env_hosts("TAPERTRACK_X", []) == ["journal.example.org", "[::1]", ".example.net"]


def test_the_data_folder_is_private(monkeypatch, tmp_path):
    monkeypatch.setenv("TAPERTRACK_X", str(tmp_path / "a" / "b"))
    folder = env.env_folder("TAPERTRACK_X", tmp_path)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_data_folder_that_is_a_file(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TAPERTRACK_X", str(tmp_path / "file"))
    with pytest.raises(ImproperlyConfigured, match="is a file"):
        env.env_folder("TAPERTRACK_X", tmp_path)


def test_the_secret_key_is_made_once_and_private(monkeypatch, tmp_path):
    monkeypatch.delenv("TAPERTRACK_X", raising=False)
    first = env.env_secret("TAPERTRACK_X", tmp_path / "key")
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert env.env_secret("TAPERTRACK_X", tmp_path / "key") == first


def test_a_short_secret_key_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("TAPERTRACK_X", "short")
    with pytest.raises(ImproperlyConfigured, match="too short"):
        env.env_secret("TAPERTRACK_X", tmp_path / "key")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DATABASE_URL", "mysql://a@b/c", "only postgresql"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL"),
        ("TAPERTRACK_DEBUG", "perhaps", "TAPERTRACK_DEBUG=perhaps"),
        ("TAPERTRACK_HTTPS", "https", "TAPERTRACK_HTTPS=https"),
    ],
)
def test_nonsense_stops_the_start_with_a_sentence(tmp_path, name, value, sentence):
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={
            **os.environ,
            "TAPERTRACK_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "tapertrack.settings",
            name: value,
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert sentence in done.stderr


def test_a_folder_of_other_things_is_left_alone(monkeypatch, tmp_path):
    (tmp_path / "holiday.jpg").write_text("")
    tmp_path.chmod(0o755)
    monkeypatch.setenv("TAPERTRACK_X", str(tmp_path))
    with pytest.raises(ImproperlyConfigured, match="a folder of its own"):
        env.env_folder("TAPERTRACK_X", tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_our_own_folder_is_known_again(monkeypatch, tmp_path):
    (tmp_path / "secret_key").write_text("")
    (tmp_path / "notes.txt").write_text("")
    monkeypatch.setenv("TAPERTRACK_X", str(tmp_path))
    assert env.env_folder("TAPERTRACK_X", tmp_path) == tmp_path


def test_a_key_that_was_cut_short_is_refused(monkeypatch, tmp_path):
    monkeypatch.delenv("TAPERTRACK_X", raising=False)
    (tmp_path / "key").write_text("abc")
    with pytest.raises(ImproperlyConfigured, match="cut short"):
        env.env_secret("TAPERTRACK_X", tmp_path / "key")
