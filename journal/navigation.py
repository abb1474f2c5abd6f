"""The sections of the site: what they are called, where they begin, and which pages belong to them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One entry of the menu. ``pages`` are the names of all addresses in it, ``url_name`` that of its first page."""

    url_name: str
    label: str
    icon: str
    pages: frozenset[str] = frozenset()

    def holds(self, url_name: str | None) -> bool:
        """Whether the page called ``url_name`` belongs to this section."""
        return url_name == self.url_name or url_name in self.pages


TODAY = Section("today", "Today", "sunrise", frozenset({"first_run", "first_run_step", "offline_home"}))
JOURNAL = Section(
    "entries",
    "Journal",
    "notebook",
    frozenset(
        {
            "entry",
            "entry_delete",
            "dose_taken",
            "catch_up",
            "check_in",
            "check_in_edit",
            "check_in_delete",
            "deleted",
            "undo",
            "sending",
            "log_today",
            "log_now",
            "offline_entry",
            "offline_check_in",
            "offline_pages",
            "symptoms",
            "symptoms_choose",
            "symptom",
            "symptom_delete",
            "measures",
            "measure_new",
            "measure",
            "measure_delete",
        }
    ),
)
TRENDS = Section("trends", "Trends", "stairs", frozenset({"chart", "chart_file", "times", "rules"}))
COPING = Section(
    "coping",
    "Coping",
    "waves",
    frozenset(
        {
            "skill",
            "skill_new",
            "skill_edit",
            "skill_delete",
            "practices",
            "practice_edit",
            "practice_delete",
            "write",
            "write_items",
            "write_edit",
            "activities",
            "activity_new",
            "activity",
            "activity_delete",
            "what_helps",
            "skill_standing",
            "practise",
            "offline_coping",
            "offline_practice",
        }
    ),
)
MEDICATIONS = Section(
    "medications",
    "Medications",
    "pill",
    frozenset(
        {
            "medication",
            "medication_new",
            "medication_edit",
            "medication_delete",
            "step_new",
            "step_edit",
            "step_delete",
            "equivalents",
            "planner",
            "plan",
            "plan_agree",
            "plan_discussed",
            "plan_aside",
            "plan_delete",
            "plan_confirm",
            "plan_hold",
            "plan_move",
            "plan_back",
            "plan_again",
            "plan_take_back",
            "product_new",
            "product_edit",
            "product_delete",
            "product_use",
        }
    ),
)
CARE = Section(
    "care",
    "Care",
    "heart",
    frozenset(
        {
            "question",
            "question_asked",
            "question_delete",
            "flags",
            "flag_delete",
            "people",
            "person",
            "person_new",
            "person_delete",
            "safety_plan",
            "safety_plan_edit",
            "offline_safety_plan",
            "questionnaires",
            "questionnaires_suggest",
            "questionnaire",
            "questionnaire_day",
            "questionnaire_delete",
            "looks",
            "look",
            "questions_asked",
            "raise_practice",
            "appointments",
            "appointment_new",
            "appointment",
            "appointment_edit",
            "appointment_delete",
            "appointment_after",
            "appointment_side_effect",
            "homework",
            "homework_new",
            "homework_review",
            "homework_task",
            "homework_edit",
            "homework_delete",
            "homework_away",
            "homework_raise",
            "homework_smaller",
            "homework_result",
            "homework_result_back",
            "homework_step",
            "homework_step_delete",
        }
    ),
)
SUMMARY = Section(
    "summary",
    "Summary",
    "document",
    frozenset(
        {
            "summary_pdf",
            "summary_choices",
            "summary_private",
            "summary_text",
            "summary_text_page",
            "summary_json",
            "summary_signature",
            "summaries",
            "summary_made",
            "summary_made_pdf",
            "summary_made_delete",
            "link_new",
            "link",
            "link_pdf",
            "link_end",
        }
    ),
)
LEARN = Section("learn", "Learn", "book", frozenset({"learn_page"}))
SETTINGS = Section(
    "settings",
    "Settings",
    "sliders",
    frozenset(
        {"data", "delete_account", "recovery_code", "recover", "calendar", "calendar_new", "calendar_off"},
    ),
)

# The rail on a desk, in groups; a phone has the first group and More, which holds the rest.
GROUPS = ((TODAY, JOURNAL, TRENDS, COPING), (MEDICATIONS, CARE, LEARN, SUMMARY), (SETTINGS,))
MORE = Section("more", "More", "lines", frozenset(s.url_name for group in GROUPS[1:] for s in group))
TABS = (*GROUPS[0], MORE)


def section_of(url_name: str | None) -> Section | None:
    """The section that the page called ``url_name`` belongs to; None for pages outside of them (help, errors)."""
    if url_name and url_name.startswith(("account_", "mfa_")):
        return SETTINGS
    if url_name == MORE.url_name:
        return MORE
    return next((s for group in GROUPS for s in group if s.holds(url_name)), None)


def tab_of(section: Section | None) -> Section | None:
    """The phone tab that stands for ``section``: its own, or More."""
    return section if section is None or section in TABS else MORE
