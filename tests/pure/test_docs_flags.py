"""docs/red-flags.md is the table of rules, word for word."""

from pathlib import Path

from journal.analysis import flags
from journal.catalogue.flag_rules import DAYS, FLAG_RULES, FlagRule, Trigger
from journal.catalogue.red_flags import RED_FLAGS, by_action
from journal.catalogue.symptoms import SYMPTOMS

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "red-flags.md").read_text(encoding="utf-8")


def looks_at(rule: FlagRule) -> str:
    height = f"above {rule.limit}" if rule.above else f"{rule.limit} or more"
    return {
        Trigger.SYMPTOM: lambda: f"a single reading of “{SYMPTOMS[rule.subject].name}”, {height}",
        Trigger.ITEM: lambda: f"question {rule.item} of the {rule.subject.upper()}, {height}",
        Trigger.EVENT: lambda: f"the event `{rule.subject}`, ticked",
        Trigger.MISSED: lambda: "a medication at risk, missed or 0 mg on two dates in a row",
        Trigger.STOPPED: lambda: "a dose step of a medication at risk to 0 that no agreed plan has",
    }[rule.trigger]()


def table() -> str:
    rows = ["| rule | looks at | says | then | sources |", "|---|---|---|---|---|"]
    for rule in FLAG_RULES.values():
        says, sources = rule.noticed.replace("\u00a0", " "), ", ".join(f"`{key}`" for key in rule.sources)
        rows.append(f"| `{rule.slug}` | {looks_at(rule)} | {says} | {rule.red_flag.heading} | {sources} |")
    return "\n".join(rows)


def test_the_table_is_that_of_the_rules():
    assert table() in TEXT


def test_the_order_of_urgency_and_the_limits_are_said():
    labels = [action.label for action, _ in by_action()]
    assert " · ".join(labels) in " ".join(TEXT.split())
    assert f"more than {DAYS} days ago" in TEXT
    assert f"{flags.LONGEST:,} characters" in TEXT


def test_what_is_only_listed_is_named():
    detected = {rule.flag for rule in FLAG_RULES.values()}
    for flag in RED_FLAGS.values():
        if flag.slug not in detected:
            assert flag.text in TEXT
