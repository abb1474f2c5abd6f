"""What a medication comes as, and taper plans: what was planned. What was taken stands in ``DoseStep``."""

from decimal import Decimal

from django.conf import settings
from django.db import models

from journal.catalogue import products as catalogue
from journal.models.base import MOST_MG, NOTE_LENGTH, Owned, between, mg_field
from journal.models.medications import DoseStep, Medication


class Product(Owned):
    """What the person has of a medication: strength, form and how it may be divided (``catalogue.products.Product``).

    ``stock`` counts tablets, capsules or beads, and ml of a liquid or of drops, as they were on ``stock_on``; None
    while it was not counted.
    """

    class Form(models.TextChoices):
        TABLET = "tablet", "Tablet"
        CAPSULE = "capsule", "Capsule"
        LIQUID = "liquid", "Liquid"
        DROPS = "drops", "Drops"
        BEADS = "beads", "Beads, counted"

    class Divides(models.TextChoices):
        WHOLE = "whole", "Whole only"
        HALVES = "halves", "Halves (it is scored)"
        QUARTERS = "quarters", "Halves and quarters"

    owner_path = "medication__owner"
    medication = models.ForeignKey(Medication, models.CASCADE, related_name="products")
    form = models.CharField(max_length=7, choices=Form)
    mg = mg_field(verbose_name="strength")
    divides = models.CharField("may be divided into", max_length=8, choices=Divides, default=Divides.WHOLE)
    in_ml = models.DecimalField("in how many ml", max_digits=6, decimal_places=2, default=Decimal(1))
    mark_ml = models.DecimalField("finest mark of the syringe", max_digits=5, decimal_places=3, null=True, blank=True)
    drops_per_ml = models.PositiveSmallIntegerField(null=True, blank=True)
    factor = models.DecimalField(max_digits=5, decimal_places=3, default=Decimal(1))
    name = models.CharField("maker or brand", max_length=100, blank=True)
    stock = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    stock_on = models.DateField(null=True, blank=True)
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["medication", "-in_use", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(mg__gt=0, mg__lte=MOST_MG), name="product_mg_range"),
            models.CheckConstraint(condition=models.Q(in_ml__gt=0, factor__gt=0), name="product_ml_and_factor"),
        ]

    def __str__(self):
        return f"{self.get_form_display()} {self.mg} mg"

    def plain(self) -> catalogue.Product:
        """The same as plain numbers, for ``journal.taper.preparation``."""
        return catalogue.Product(
            form=catalogue.Form(self.form),
            mg=self.mg,
            divides=catalogue.Divides(self.divides),
            in_ml=self.in_ml,
            mark_ml=self.mark_ml,
            drops_per_ml=self.drops_per_ml,
            factor=self.factor,
        )


class TaperPlan(Owned):
    """A named list of planned dose steps, made with the prescriber. Old plans are kept.

    ``settings`` holds the planner's own fields as they were typed, so that the plan can be laid out again. ``change``
    says how it came from the plan that it ``replaces``, and ``recorded`` is the dose step that was kept with that
    change, so that both can be taken back. Of one medication at most one plan is agreed at a time.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        AGREED = "agreed", "Agreed"
        REPLACED = "replaced", "Earlier plan"
        SET_ASIDE = "set_aside", "Set aside"

    class Change(models.TextChoices):
        HOLD = "hold", "Hold"
        MOVE = "move", "Moved"
        BACK = "back", "Back up"
        REPLAN = "replan", "Planned again"

    owner_path = "medication__owner"
    medication = models.ForeignKey(Medication, models.CASCADE, related_name="plans")
    name = models.CharField(max_length=100)
    method = models.CharField(max_length=20)
    settings = models.JSONField(default=dict)
    from_mg = mg_field(verbose_name="from")
    curve = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.PROPOSED)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_with = models.CharField(max_length=100, blank=True)
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    change = models.CharField(max_length=6, choices=Change, blank=True)
    changed_on = models.DateField(null=True, blank=True)
    recorded = models.ForeignKey(DoseStep, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    note = models.TextField(max_length=NOTE_LENGTH, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["medication", "-created", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["medication"], condition=models.Q(status="agreed"), name="one_agreed_plan_a_medication"
            ),
            between("from_mg", Decimal(0), MOST_MG),
        ]

    def __str__(self):
        return self.name

    @property
    def is_over(self) -> bool:
        """Whether it is only history: replaced by another plan, or set aside."""
        return self.status in (self.Status.REPLACED, self.Status.SET_ASIDE)

    @property
    def was_moved(self) -> bool:
        """Whether its dates are not those that its settings give any more."""
        return self.change in (self.Change.HOLD, self.Change.MOVE, self.Change.BACK)


class PlannedStep(Owned):
    """From ``starts_on`` on, ``mg`` a day are planned. Planned, not taken: nothing counts it as a dose.

    ``made_mg`` is what the person's products really make of it (in mg of tablets, as all doses), None where no product
    was known, and ``taken_mg`` what is then swallowed where that differs; ``take`` says how, in the words of the day
    on which it was laid out. ``parts`` are [time of day, mg as text] where the dose is taken in parts. ``held_days`` is
    how long a hold before it lasts, 0 without one.
    """

    owner_path = "plan__medication__owner"
    plan = models.ForeignKey(TaperPlan, models.CASCADE, related_name="steps")
    starts_on = models.DateField("from")
    mg = mg_field()
    made_mg = mg_field(null=True, blank=True)
    taken_mg = mg_field(null=True, blank=True)
    take = models.TextField(blank=True)
    parts = models.JSONField(default=list, blank=True)
    held_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["plan", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "starts_on"], name="one_planned_step_a_day"),
            between("mg", Decimal(0), MOST_MG),
            between("made_mg", Decimal(0), MOST_MG),
        ]

    def __str__(self):
        return f"{self.plan}: {self.mg} mg from {self.starts_on}"

    @property
    def dose(self) -> Decimal:
        """Mg a day that will really be taken: what the products make, else what is planned.

        A dose that they cannot make, so that nothing comes nearest, stays what is planned: it is no stop.
        """
        return self.made_mg or self.mg


class Discussed(Owned):
    """ "My prescriber and I discussed this": a pace note of a plan, by the key of its rule."""

    owner_path = "plan__medication__owner"
    plan = models.ForeignKey(TaperPlan, models.CASCADE, related_name="discussed")
    rule = models.CharField(max_length=40)
    on = models.DateField()

    class Meta:
        verbose_name_plural = "discussed"
        constraints = [models.UniqueConstraint(fields=["plan", "rule"], name="a_note_is_discussed_once")]

    def __str__(self):
        return f"{self.plan}: {self.rule}"


class CalendarFeed(Owned):
    """A private address under which a calendar finds the step days. Deleting the row ends the address for good.

    The address is ``nonce`` signed with the site's secret key, so that the database alone does not give it away.
    ``remind_at`` is an hour in the person's own zone; None sends no daily reminder. ``with_names``: whether titles
    carry the medication and its dose, and whom an appointment is with. ``with_appointments``: whether it has these.
    """

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    nonce = models.CharField(max_length=43, unique=True)
    remind_at = models.TimeField(null=True, blank=True)
    with_names = models.BooleanField(default=False)
    with_appointments = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"Calendar feed of {self.owner}"
