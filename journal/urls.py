"""The journal's addresses. Routes are a contract: help, tests and outside checks use them."""

from django.conf import settings
from django.urls import path, register_converter

from journal.converters import DayConverter, KeyConverter, SlugConverter
from journal.views import (
    accounts,
    calendar,
    care,
    coping,
    deleted,
    entries,
    equivalents,
    first_run,
    help_now,
    medications,
    more,
    offline,
    patterns,
    plan_changes,
    plan_charts,
    planner,
    plans,
    products,
    sending,
    steps,
    summary,
    symptoms,
    today,
    trends,
)

register_converter(DayConverter, "day")
register_converter(KeyConverter, "key")
register_converter(SlugConverter, "word")

urlpatterns = [
    path("", today.today, name="today"),
    path("welcome/", first_run.first_run, name="first_run"),
    path("welcome/<int:number>/", first_run.first_run, name="first_run_step"),
    # the journal
    path("entries/", entries.calendar, name="entries"),
    path("entries/deleted/", deleted.deleted, name="deleted"),
    path("entries/deleted/<key:pk>/undo/", deleted.undo, name="undo"),
    path("entries/sending/", sending.sending, name="sending"),
    path("entries/today/", offline.log_today, name="log_today"),
    path("entries/now/", offline.log_now, name="log_now"),
    path("entries/offline/", offline.entry, name="offline_entry"),
    path("entries/offline/check-in/", offline.check_in, name="offline_check_in"),
    path("entries/offline/home/", offline.home, name="offline_home"),
    path("entries/<day:day>/", entries.entry, name="entry"),
    path("entries/<day:day>/delete/", entries.delete, name="entry_delete"),
    path("entries/<day:day>/dose/<key:medication>/", entries.dose, name="dose_taken"),
    path("symptoms/", symptoms.symptoms, name="symptoms"),
    path("symptoms/choose/", symptoms.choose, name="symptoms_choose"),
    path("symptoms/<key:pk>/", symptoms.symptom, name="symptom"),
    path("symptoms/<key:pk>/delete/", symptoms.delete, name="symptom_delete"),
    # medications
    path("medications/", medications.medications, name="medications"),
    path("medications/new/", medications.new, name="medication_new"),
    path("medications/<key:pk>/", medications.medication, name="medication"),
    path("medications/<key:pk>/edit/", medications.edit, name="medication_edit"),
    path("medications/<key:pk>/delete/", medications.delete, name="medication_delete"),
    path("medications/<key:pk>/plan/", planner.planner, name="planner"),
    path("medications/<key:pk>/steps/", steps.new, name="step_new"),
    path("medications/<key:pk>/steps/<key:step>/", steps.edit, name="step_edit"),
    path("medications/<key:pk>/steps/<key:step>/delete/", steps.delete, name="step_delete"),
    path("plans/<key:pk>/", plans.plan, name="plan"),
    path("plans/<key:pk>/agree/", plans.agree, name="plan_agree"),
    path("plans/<key:pk>/discussed/", plans.discussed, name="plan_discussed"),
    path("plans/<key:pk>/aside/", plans.aside, name="plan_aside"),
    path("plans/<key:pk>/delete/", plans.delete, name="plan_delete"),
    path("plans/<key:pk>/confirm/", plan_changes.confirm, name="plan_confirm"),
    path("plans/<key:pk>/hold/", plan_changes.hold, name="plan_hold"),
    path("plans/<key:pk>/move/", plan_changes.move, name="plan_move"),
    path("plans/<key:pk>/back/", plan_changes.back, name="plan_back"),
    path("plans/<key:pk>/again/", plan_changes.again, name="plan_again"),
    path("plans/<key:pk>/back-to-before/", plan_changes.take_back, name="plan_take_back"),
    path("equivalents/", equivalents.equivalents, name="equivalents"),
    path("medications/<key:pk>/products/", products.new, name="product_new"),
    path("medications/<key:pk>/products/<key:product>/", products.edit, name="product_edit"),
    path("medications/<key:pk>/products/<key:product>/use/", products.use, name="product_use"),
    path("medications/<key:pk>/products/<key:product>/delete/", products.delete, name="product_delete"),
    # trends and summary
    path("trends/", trends.trends, name="trends"),
    path("trends/overview.<slug:kind>", trends.overview, name="overview"),
    path("trends/planned.<slug:kind>", plan_charts.planned, name="planned"),
    path("summary/", summary.summary, name="summary"),
    path("summary.pdf", summary.pdf, name="summary_pdf"),
    # the private calendar
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/new/", calendar.renew, name="calendar_new"),
    path("calendar/off/", calendar.off, name="calendar_off"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
    # coping and care
    path("coping/", coping.skills, name="coping"),
    path("coping/new/", coping.new, name="skill_new"),
    path("coping/practices/<key:pk>/", coping.practice_edit, name="practice_edit"),
    path("coping/practices/<key:pk>/delete/", coping.practice_delete, name="practice_delete"),
    path("coping/<word:slug>/", coping.skill, name="skill"),
    path("coping/<word:slug>/practices/", coping.practices, name="practices"),
    path("coping/<word:slug>/edit/", coping.edit, name="skill_edit"),
    path("coping/<word:slug>/delete/", coping.delete, name="skill_delete"),
    path("care/", care.care, name="care"),
    path("care/questions/<key:pk>/", care.question, name="question"),
    path("care/questions/<key:pk>/asked/", care.asked, name="question_asked"),
    path("care/questions/<key:pk>/delete/", care.delete, name="question_delete"),
    # help, for everybody
    path("help-now/", help_now.help_now, name="help_now"),
    path("help-now/offline/", help_now.offline, name="help_now_offline"),
    path("sw.js", help_now.service_worker, name="service_worker"),
    path("manifest.webmanifest", help_now.manifest, name="manifest"),
    # the person
    path("more/", more.more, name="more"),
    path("settings/", more.preferences, name="settings"),
    path("data/", more.data, name="data"),
    path("data/delete-account/", accounts.delete_account, name="delete_account"),
    path("accounts/recovery-code/", accounts.recovery_code, name="recovery_code"),
    path("accounts/recover/", accounts.recover, name="recover"),
]

if settings.DEBUG:
    urlpatterns.append(path("patterns/", patterns.patterns, name="patterns"))
