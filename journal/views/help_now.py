"""Help: the page for a bad moment, its copy for offline use, and what keeps that copy on the device."""

import functools
import hashlib
import json
import re
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from journal.catalogue import crisis
from journal.catalogue.red_flags import RED_FLAGS, Action, RedFlag, by_action
from journal.catalogue.sources import SOURCES
from journal.queries.safety import own_help

A_DAY = 60 * 60 * 24
SOON = {
    Action.EMERGENCY: "now",
    Action.CRISIS_LINE: "now",
    Action.TODAY: "today",
    Action.SPECIALIST: "",  # its sentence says when
}
WORKER = Path(settings.BASE_DIR) / "static" / "js" / "service-worker.js"


@login_not_required
def help_now(request):
    """Whom to call and when not to wait, for the country of the profile or the one that was asked for; for somebody
    signed in their own plan and people, too.

    A country that nobody knows is no mistake to point out here: it gives the page that holds everywhere.
    """
    asked = request.GET.get("country")
    code = request.profile.country if asked is None else asked
    own = {"own": own_help(request.user)} if request.user.is_authenticated else {}
    return render(request, "journal/help/help_now.html", help_context(crisis.for_country(code)) | own)


@login_not_required
def offline(request):
    """The same page as for nobody in particular: this is what a device keeps."""
    response = HttpResponse(offline_page())
    response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


@require_safe
def kept(request):
    """Help with the numbers of the person's country and nothing else of theirs, for a device that keeps blank pages."""
    return render(request, "journal/help/offline.html", _of_profile(request))


@require_safe
def kept_own(request):
    """The same with the person's own plan and people: for a device that keeps the plan."""
    return render(request, "journal/help/offline.html", _of_profile(request) | {"own": own_help(request.user)})


def _of_profile(request) -> dict:
    return help_context(crisis.for_country(request.profile.country))


@login_not_required
def service_worker(request):
    """The script that keeps the copy, with the list of what to keep in front of it."""
    response = HttpResponse(worker_script(), content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@login_not_required
def manifest(request):
    """What a phone needs to put the journal on its home screen."""
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)
    ]
    # Its drawing lies within the circle that every phone shows, whatever shape it cuts out.
    maskable = {"src": static("img/icon-maskable-512.png"), "sizes": "512x512", "type": "image/png"}
    icons.append(maskable | {"purpose": "maskable"})
    content = {
        "id": "/",
        "name": "TaperTrack",
        "short_name": "TaperTrack",
        "description": "A personal taper and symptom journal",
        "lang": "en-GB",
        "start_url": reverse("today"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#F0EFE9",
        "theme_color": "#F0EFE9",
        "icons": icons,
        "shortcuts": [
            {"name": "Help now", "url": reverse("help_now")},
            {"name": "Log today", "url": reverse("log_today")},
            {"name": "How is it now?", "url": reverse("log_now")},
        ],
    }
    response = JsonResponse(content, content_type="application/manifest+json")
    response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


def help_context(country: crisis.Country) -> dict:
    """What the page shows; nothing of it is about a person."""
    lines = country.lines or [line for each in crisis.COUNTRIES.values() for line in each.lines]
    flag_sources = dict.fromkeys(key for flag in RED_FLAGS.values() for key in flag.sources if key != "own")
    return {
        "country": country,
        "countries": crisis.COUNTRIES.values(),
        "elsewhere": crisis.ANYWHERE_ELSE,
        "red_flags": [_flag_row(action, flag, country) for action, flags in by_action() for flag in flags],
        "published": [*lines, crisis.FIND_A_HELPLINE],
        "emergency_source": SOURCES[country.source],
        "sources": [SOURCES[key] for key in flag_sources],
    }


def _flag_row(action: Action, flag: RedFlag, country: crisis.Country) -> dict:
    """A red flag with what stands at its right: the number to call, else how soon."""
    if action is Action.EMERGENCY and country.emergency:
        return {"flag": flag, "short": country.emergency, "href": country.emergency_href}
    if action is Action.CRISIS_LINE and country.lines:
        line = country.lines[0]
        return {"flag": flag, "short": line.number, "href": line.href}
    return {"flag": flag, "short": SOON[action], "href": ""}


def _once(make):
    """Make it once for the life of the process; every time in debug, where templates change."""
    return make if settings.DEBUG else functools.cache(make)


@_once
def offline_page() -> str:
    """The offline copy. Rendered without a request, so that nothing of a person can get into it."""
    return render_to_string("journal/help/offline.html", help_context(crisis.NOT_CHOSEN))


@_once
def worker_script() -> str:
    """The service worker. Its first line changes with the page and with the hashes of its files."""
    page = offline_page()
    prefix = re.escape(settings.STATIC_URL)
    assets = sorted(set(re.findall(rf'(?:href|src)="({prefix}[^"#]+)', page)))
    script = WORKER.read_text(encoding="utf-8")
    version = hashlib.sha256((page + script).encode()).hexdigest()[:16]
    kept = {"name": f"help-{version}", "page": reverse("help_now_offline"), "assets": assets}
    return f"const KEPT = {json.dumps(kept)};\n{script}"
