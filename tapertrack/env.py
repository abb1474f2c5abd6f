"""Read settings from the environment, and refuse what makes no sense.

Every helper names the variable in its complaint, so that a typing slip in a service file is found at start and not
in the night. ``DOCUMENTED`` collects the names; a test holds README to it.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

DOCUMENTED: list[str] = []
OURS = ("secret_key", "tapertrack.sqlite3", "static", "matplotlib")
"""By one of these a data folder is known as ours."""
LEAST_SECRET = 32


def _read(name: str) -> str:
    if name not in DOCUMENTED:
        DOCUMENTED.append(name)
    return os.environ.get(name, "").strip()


def env_text(name: str, default: str = "") -> str:
    """The variable as text; ``default`` when it is unset or blank."""
    return _read(name) or default


def env_bool(name: str, default: bool) -> bool:
    """``1 true yes on`` or ``0 false no off``. Raises ImproperlyConfigured for anything else."""
    value = _read(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value} is not a yes or no. Use 1 or 0.")


def env_hosts(name: str, default: list[str]) -> list[str]:
    """Host names separated by commas. Raises ImproperlyConfigured for a scheme, a path, a port or "any host"."""
    hosts = [host.strip() for host in _read(name).split(",") if host.strip()]
    for host in hosts:
        if "/" in host or " " in host or "*" in host or (":" in host and not host.startswith("[")):
            raise ImproperlyConfigured(
                f"{name}: “{host}” is not a host name. Write journal.example.org, without https:// and without a port."
            )
    return hosts or default


def env_folder(name: str, default: Path) -> Path:
    """A folder for data, made when it is absent, readable by its owner only.

    Raises ImproperlyConfigured for a file, for what cannot be used, and for a folder that holds other things: closing
    that to everybody else (``/tmp``, a home) would break more than it protects.
    """
    folder = Path(_read(name) or default).expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"{name}={folder} is a file. It must be a folder.")
    others = (
        [one for one in folder.iterdir() if not one.name.startswith((".", "lost+found"))] if folder.exists() else []
    )
    if others and not any((folder / ours).exists() for ours in OURS):
        raise ImproperlyConfigured(f"{name}={folder} holds other things. Give TaperTrack a folder of its own.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}={folder} cannot be used: {error.strerror}.") from error
    return folder


def env_secret(name: str, file: Path) -> str:
    """The variable, else the content of ``file``, which is made once with mode 0600 when it is absent.

    Raises ImproperlyConfigured when either is shorter than 32 characters.
    """
    value = _read(name)
    if value:
        if len(value) < LEAST_SECRET:
            raise ImproperlyConfigured(f"{name} is too short: use at least 32 random characters, or leave it out.")
        return value
    try:
        # Exclusive creation: of two processes that start together only one makes the key.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = file.read_text().strip()
        if len(key) < LEAST_SECRET:
            raise ImproperlyConfigured(f"{file} was cut short. Delete it, and a new key is made.") from None
        return key
    key = secrets.token_urlsafe(60)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(key)
    return key
