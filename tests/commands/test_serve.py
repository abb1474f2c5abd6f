"""`manage.py serve`: one command from an empty folder to a page in the browser."""

import contextlib
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@contextlib.contextmanager
def serve(folder, *options):
    """A server of its own in an own data folder; ended when the block is left."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TAPERTRACK_", "DJANGO_", "DATABASE_"))
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", *options],
        cwd=ROOT,
        env=environment | {"TAPERTRACK_DATA": str(folder), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A shell that runs the tests in the background has Ctrl-C ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=PATIENCE)


def lines_until(process, start: str) -> list[str]:
    """What it prints, up to the line that begins with ``start``."""
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if line.startswith(start):
            return lines
    raise AssertionError("\n".join(lines))


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def stop(process, by=signal.SIGINT) -> list[str]:
    process.send_signal(by)
    printed, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, printed
    assert "Traceback" not in printed
    return printed.splitlines()


def test_it_works(folder):
    port = free_port()
    with serve(folder, "--port", str(port)) as process:
        lines = lines_until(process, "http://localhost:")
        assert lines[-1] == f"http://localhost:{port}"
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=PATIENCE) as response:
            page = response.read().decode()
            assert response.status == 200
        style = page.split('rel="stylesheet"')[1].split('href="')[1].split('"')[0]
        with urllib.request.urlopen(f"http://localhost:{port}{style}", timeout=PATIENCE) as response:
            assert response.status == 200
        assert mode(folder) == 0o700
        files = [path for path in folder.iterdir() if path.is_file()]
        assert {"secret_key", "tapertrack.sqlite3"} <= {path.name for path in files}
        assert {path.name: mode(path) for path in files} == {path.name: 0o600 for path in files}
        assert stop(process)[-1] == f"Stopped. The record is in {folder}."


def test_the_second_start_collects_nothing_and_a_request_to_end_is_as_quiet_as_ctrl_c(folder):
    with serve(folder, "--port", str(free_port())) as process:
        assert "Collected the static files." in lines_until(process, "http://localhost:")
        stop(process)
    with serve(folder, "--port", str(free_port())) as process:
        assert "Collected the static files." not in lines_until(process, "http://localhost:")
        assert stop(process, signal.SIGTERM)[-1].startswith("Stopped.")


def test_a_port_in_use_is_a_plain_sentence_and_touches_nothing(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serve(folder, "--port", str(port)) as process:
            printed, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert printed.startswith(f"CommandError: Port {port} is in use.")
    assert "Traceback" not in printed
    assert not (folder / "tapertrack.sqlite3").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--port", "70000"], "70000 is not a port."),
        (["--host", "not an address"], "not an address is not an address of this machine."),
    ],
)
def test_a_place_that_cannot_be_served_is_a_plain_sentence(folder, options, words):
    with serve(folder, *options) as process:
        printed, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert printed.startswith(f"CommandError: {words}")


def test_with_demo_there_is_a_person_to_sign_in_as(folder):
    for _ in range(2):  # the second start finds the person there
        with serve(folder, "--port", str(free_port()), "--demo") as process:
            lines = lines_until(process, "http://localhost:")
            assert "Demo: sign in as demo with the password tapertrack-demo" in lines
            stop(process)
    with contextlib.closing(sqlite3.connect(folder / "tapertrack.sqlite3")) as database:
        assert database.execute("SELECT username FROM auth_user").fetchall() == [("demo",)]
        assert database.execute("SELECT count(*) FROM journal_dailyentry").fetchone()[0] > 200
