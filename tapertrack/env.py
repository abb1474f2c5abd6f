"""Read settings from the environment, and refuse what makes no sense.

Every helper names the variable in its complaint, so that a typing slip in a service file is found at start and not
in the night. ``DOCUMENTED`` collects the names; a test holds README to it.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

DOCUMENTED: list[str] = []


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
    """Host names separated by commas. Raises ImproperlyConfigured for an address with a scheme, a path or a port."""
    hosts = [host.strip() for host in _read(name).split(",") if host.strip()]
    for host in hosts:
        if "/" in host or " " in host or (":" in host and not host.startswith("[")):
            raise ImproperlyConfigured(
                f"{name}: “{host}” is not a host name. Write journal.example.org, without https:// and without a port."
            )
    return hosts or default


def env_folder(name: str, default: Path) -> Path:
    """A folder for data, made when it is absent, readable by its owner only."""
    folder = Path(_read(name) or default).expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"{name}={folder} is a file. It must be a folder.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}={folder} cannot be used: {error.strerror}.") from error
    return folder


def env_secret(name: str, file: Path) -> str:
    """The variable, else the content of ``file``, which is made once with mode 0600 when it is absent.

    Raises ImproperlyConfigured when the variable is shorter than 32 characters.
    """
    value = _read(name)
    if value:
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} is too short: use at least 32 random characters, or leave it out.")
        return value
    try:
        # Exclusive creation: of two processes that start together only one makes the key.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    key = secrets.token_urlsafe(60)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(key)
    return key
