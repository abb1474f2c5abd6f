"""Documentation that cannot rot: what exists is documented, and what is documented exists."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from tapertrack import __version__
from tapertrack.env import DOCUMENTED

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
COMMANDS = sorted(name for name, app in get_commands().items() if app == "journal")


def test_every_setting_is_in_readme_and_no_other():
    rows = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.M))
    assert rows == set(DOCUMENTED)


def test_every_variable_that_is_read_goes_through_the_helpers():
    """Else it would escape the test above."""
    for path in (*ROOT.glob("tapertrack/*.py"), *ROOT.glob("journal/**/*.py")):
        text = path.read_text()
        if path.name != "env.py":
            assert "os.environ.get" not in text, path
            assert "os.getenv" not in text, path


def test_every_command_is_in_readme_and_no_other():
    rows = set(re.findall(r"^\| `([a-z_]+)[ `]", README, re.M))
    assert rows == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_in_readme(name):
    row = next(line for line in README.splitlines() if line.startswith(f"| `{name}"))
    ours = options("journal", name) - options("django.core", "migrate")
    assert ours == {option for option in ours if option in row}, f"{name}: {sorted(ours)}"


def options(app, name) -> set[str]:
    parser = load_command_class(app, name).create_parser("manage.py", name)
    return {option for action in parser._actions for option in action.option_strings}


def test_every_make_target_is_explained():
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.M)[1].split()
    for target in targets:
        assert f"make {target}" in README, target


def test_links_lead_somewhere():
    for page in (ROOT / "README.md", *ROOT.glob("docs/*.md"), ROOT / "static/vendor/README.md"):
        for link in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text()):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_every_requirement_is_pinned_and_has_its_reason():
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if line and not line.startswith(("#", "-r")):
                assert re.fullmatch(r"[\w.\[\]-]+==[\w.]+ +# .+", line), line


def test_the_version_is_one():
    changelog = (ROOT / "CHANGELOG.md").read_text()
    project = (ROOT / "pyproject.toml").read_text()
    assert re.search(r"^## v([\d.]+)", changelog, re.M)[1] == __version__
    assert re.search(r'^version = "(.+)"', project, re.M)[1] == __version__
