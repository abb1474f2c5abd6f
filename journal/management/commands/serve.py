"""Everything that it takes to run the journal on this machine, in one command."""

import errno
import hashlib
import os
import signal
from pathlib import Path

import waitress
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connections

from journal.charts.warm import in_background
from journal.demo.write import DEMO_DAYS, DEMO_NAME, DEMO_PASSWORD, ensure_demo
from journal.models.deleted import throw_away_old


class Command(BaseCommand):
    """``serve``: migrate, collect static files, listen."""

    help = (
        "Serve the journal on this machine: brings the database and the static files up to date, then listens until "
        "Ctrl-C. Open it as http://localhost:PORT: passkeys do not work at http://127.0.0.1."
    )

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="127.0.0.1 lets nobody else in (the default)")
        parser.add_argument(
            "--demo",
            action="store_true",
            help=f"with a demo person, {DEMO_NAME}, and {DEMO_DAYS} days of made-up record",
        )

    def handle(self, *, port, host, demo, **options):
        os.umask(0o077)  # every file that is made from here on is for its owner only
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to stop: as Ctrl-C
        late = LateApplication()
        server = listen(late, host, port)
        try:
            prepare(self.stdout.write)
            if demo and ensure_demo():
                self.stdout.write(f"Made a demo person with {DEMO_DAYS} days.")
            late.application = get_wsgi_application()
            in_background()
            connections.close_all()
            if demo:
                self.stdout.write(f"Demo: sign in as {DEMO_NAME} with the password {DEMO_PASSWORD}")
            self.stdout.write(self.style.SUCCESS(f"http://localhost:{server.effective_port}"))
            self.stdout.write("Ctrl-C stops it.")
            self.stdout.flush()  # whoever reads this through a pipe waits for it
            server.run()
        except KeyboardInterrupt:
            pass
        finally:
            server.close()
        self.stdout.write(f"Stopped. The record is in {settings.DATA}.")


class LateApplication:
    """Stands in for the site until it is ready.

    The port is taken first, so that a second start finds it busy before it touches anything; whoever connects
    meanwhile waits in the queue.
    """

    application = None

    def __call__(self, environ, start_response):
        return self.application(environ, start_response)


def listen(application, host: str, port: int):
    """A server that has taken the port. CommandError, in a sentence, when it cannot."""
    if not 0 <= port <= 65535:
        raise CommandError(f"{port} is not a port. Ports go from 1 to 65535.")
    try:
        return waitress.create_server(
            application,
            host=host,
            port=port,
            threads=8,
            ident=None,
            # Behind HTTPS there is a proxy, and Django reads from its header that the way was safe.
            clear_untrusted_proxy_headers=not settings.HTTPS,
        )
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"Port {port} is in use. Perhaps the journal is running already: http://localhost:{port}. "
                "Or choose another port with --port."
            ) from error
        if error.errno == errno.EACCES:
            raise CommandError(f"Port {port} is not allowed here. Ports from 1024 on are.") from error
        raise CommandError(f"{host}:{port} cannot be served: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{host} is not an address of this machine.") from error


def prepare(say) -> None:
    """Bring the database and the static files up to date."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("clearsessions", verbosity=0)
    throw_away_old()
    stamp = Path(settings.DATA) / "static.stamp"
    print_of_files = fingerprint()
    if not stamp.exists() or stamp.read_text() != print_of_files:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(print_of_files)
        say("Collected the static files.")


def fingerprint() -> str:
    """Changes with every static file, with where they go and with how they are stored."""
    digest = hashlib.sha256(repr((settings.STORAGES, str(settings.STATIC_ROOT))).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = os.stat(storage.path(path))
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
