"""Dose steps of an import beside those that the person has: which are new, and of what kind each is."""

from journal.analysis.numbers import mg_text
from journal.catalogue import drugs
from journal.exchange.cells import RowError
from journal.exchange.journal_csv import EntryLine, StepLine
from journal.models import DosePart, DoseStep, Medication
from journal.queries.doses import pattern_of
from journal.queries.medications import found_kinds, refit_kinds
from journal.reading import quoted
from journal.taper.history import Pattern, kind_fits, with_doses_before

Lines = list[tuple[str, StepLine | EntryLine]]


def medications_for(owner, lines: Lines, errors: list[RowError]) -> tuple[dict[str, Medication], list[str]]:
    """The medications that the lines name, by case-folded name, and the names of those that were made.

    Two medications of one name cannot be told apart in a file: that is an error, not a guess.
    """
    found: dict[str, list[Medication]] = {}
    for medication in Medication.objects.of(owner):
        found.setdefault(medication.name.casefold(), []).append(medication)
    wanted: dict[str, Medication] = {}
    made = []
    for file, line in lines:
        key = line.medication.casefold()
        if key in wanted:
            continue
        same = found.get(key, [])
        if len(same) > 1:
            errors.append(RowError(file, line.row, f"You have {len(same)} medications called {line.medication}."))
            wanted[key] = same[0]
        elif same:
            wanted[key] = same[0]
        else:
            wanted[key] = _new_medication(owner, line.medication)
            made.append(wanted[key].name)
    return wanted, made


def _new_medication(owner, name: str) -> Medication:
    drug = drugs.find(name)
    if drug and drug.name.casefold() == name.casefold():
        name = drug.name
    return Medication.objects.create(
        owner=owner,
        name=name,
        drug=drug.slug if drug else "",
        drug_class=drug.drug_class.value if drug else "",
    )


class StepWriter:
    """Writes the steps of one file, and then knows what is in force on any day."""

    def __init__(self, owner, medications: dict[str, Medication], overwrite: bool):
        self.owner, self.medications, self.overwrite = owner, medications, overwrite
        self.steps: dict[int, list[DoseStep]] = {medication.pk: [] for medication in medications.values()}
        self.parts: dict[DoseStep, Pattern] = {}
        steps = DoseStep.objects.of(owner).filter(medication__in=self.steps).order_by("starts_on")
        for step in steps.prefetch_related("parts"):
            self.steps[step.medication_id].append(step)
            self.parts[step] = pattern_of(step)
        self.found = {key for steps in self.steps.values() for key in found_kinds(steps)}

    def write(self, file: str, lines: tuple[StepLine, ...], errors: list[RowError]) -> list[str]:
        """Write ``lines``; "new", "changed" or "unchanged" for each. Complaints go to ``errors``."""
        self.file, self.errors = file, errors
        self.new: list[DoseStep] = []
        self.changed: list[DoseStep] = []
        self.refitted: list[DoseStep] = []
        self.kinds: dict[tuple, StepLine] = {}
        outcomes = [self._take(line) for line in lines]
        for steps in self.steps.values():
            steps.sort(key=lambda step: step.starts_on)
            self._settle_kinds(steps)
        if not errors:
            self._save()
        return outcomes

    def patterns(self) -> dict[int, list[Pattern]]:
        """What is in force from which day on, by medication, the earliest first."""
        return {
            pk: [(step.pk and self.parts.get(step)) or Pattern(step.starts_on, step.mg) for step in steps]
            for pk, steps in self.steps.items()
        }

    def without_steps(self) -> list[Medication]:
        """Medications that the files name and that have no dose step at all."""
        return [medication for medication in self.medications.values() if not self.steps[medication.pk]]

    def _take(self, line: StepLine) -> str:
        medication = self.medications[line.medication.casefold()]
        steps = self.steps[medication.pk]
        if line.kind:
            self.kinds[medication.pk, line.starts_on] = line
        step = next((step for step in steps if step.starts_on == line.starts_on), None)
        if step is None:
            step = DoseStep(medication=medication, starts_on=line.starts_on, mg=line.mg, kind=line.kind, note=line.note)
            steps.append(step)
            self.new.append(step)
            return "new"
        if any([self._mg(step, line), self._note(step, line), self._kind(step, line)]):
            self.changed.append(step)
            return "changed"
        return "unchanged"

    def _mg(self, step: DoseStep, line: StepLine) -> bool:
        if step.mg == line.mg:
            return False
        self._differs(line, f"dose_mg: the journal has {mg_text(step.mg)} mg, the file {mg_text(line.mg)} mg.")
        # One plain dose a day from now on: the old amounts by time of day would not add up to it, nor would the mg of
        # drops count as it.
        step.mg, step.cycle_days, step.taken_mg = line.mg, 1, None
        self.parts.pop(step)
        return True

    def _note(self, step: DoseStep, line: StepLine) -> bool:
        if not line.note or step.note == line.note:
            return False
        if step.note:
            self._differs(line, f"note: the journal has {quoted(step.note)}, the file {quoted(line.note)}.")
        step.note = line.note
        return True

    def _kind(self, step: DoseStep, line: StepLine) -> bool:
        if not line.kind or step.kind == line.kind:
            return False
        self._differs(line, f"kind: the journal has {step.kind}, the file {line.kind}.")
        step.kind = line.kind
        return True

    def _differs(self, line: StepLine, message: str) -> None:
        if not self.overwrite:
            self.errors.append(RowError(self.file, line.row, message, differs=True))

    def _settle_kinds(self, steps: list[DoseStep]) -> None:
        """The kind of every new step, and of each older one whose kind followed from the dose before and must again."""
        for step, previous, _ in with_doses_before(steps):
            line = self.kinds.get((step.medication_id, step.starts_on))
            if line and not kind_fits(step.kind, previous, step.mg):
                before = "none" if previous is None else f"{mg_text(previous)} mg"
                said = f"kind: {line.kind} does not fit. The dose is {mg_text(step.mg)} mg, before it {before}."
                self.errors.append(RowError(self.file, line.row, said))
        given = {step.pk for step in steps if (step.medication_id, step.starts_on) in self.kinds}
        self.refitted += [step for step in refit_kinds(steps, self.found - given) if step.pk]

    def _save(self) -> None:
        plain = [step for step in self.changed if step not in self.parts]
        if plain:
            DosePart.objects.of(self.owner).filter(step__in=plain).delete()
        DoseStep.objects.bulk_update([*self.changed, *self.refitted], ["mg", "taken_mg", "cycle_days", "kind", "note"])
        DoseStep.objects.bulk_create(self.new)
