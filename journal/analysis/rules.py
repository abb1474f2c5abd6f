"""The rules by which trends are worked out, in plain words. docs/analysis.md says them in the same ones.

They are our own: rules for looking at ratings day by day, not taken from a guideline, and no diagnosis.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One rule: ``slug`` is its anchor, ``text`` what is done and ``why`` it is done so. Plain text."""

    slug: str
    title: str
    text: str
    why: str


_RULES = (
    Rule(
        "week-before",
        "The week before",
        "The mean of the 7 days before a change of dose. At least 3 of them must be rated, or there is none, and "
        "the change is not compared. The first dose in your journal is not a change, because nothing is known "
        "before it. A new step with the same mg is not a change either.",
        "Each change is compared with the days just before it, because that is what you had got used to.",
    ),
    Rule(
        "window",
        "The days after a change",
        "Day 0 is the day of the change. We look at day 0 to day 27, and stop sooner at the day before the next "
        "change of that medication, or at the last day shown. If the dose of another medication changed in these "
        "days, that is noted.",
        "After the next change nobody can tell which of the two a day belongs to.",
    ),
    Rule(
        "three-day-mean",
        "The 3-day mean",
        "The mean of a day and the two days before it. Only days from the change on are used. At least 2 of the 3 "
        "days must be rated, or there is none.",
        "One odd day says little. Three together say more.",
    ),
    Rule(
        "rise",
        "A rise",
        "The first day on which the 3-day mean is worse than the week before by 1.0 or more, and at least 2 of "
        "its days are themselves worse than the week before. Worse means higher for a symptom, and lower for "
        "mood.",
        "A rating goes up in whole steps. One tap on one day should not count as a rise.",
    ),
    Rule(
        "peak",
        "The worst days",
        "The worst 3-day mean in the days after a change, and the first day that has it. It is given only where "
        "there was a rise.",
        "It says how bad it got, without resting on one day.",
    ),
    Rule(
        "return",
        "Back to the week before",
        "The first day after the worst days, and after the rise began, that starts 3 days in a row with a 3-day "
        "mean worse than the week before by less than 0.5. If there is none yet, it says “not yet” and the last "
        "day that was rated. If the next change came first, within 28 days, it says more than the last day that "
        "was rated, like “>6”.",
        "One good day is not the end of it. And a day that nobody saw is never given.",
    ),
    Rule(
        "excess",
        "Above the week before",
        "The mean of all the days after a change, minus the week before. More than 0 is worse, also for mood.",
        "A small change that stays can weigh more than a short sharp one.",
    ),
    Rule(
        "missed",
        "Missed doses",
        "The doses in these days that were due and that you wrote down as missed. Days without a record are "
        "counted apart. Today counts once its dose is written down. Where no dose was written down at all, the "
        "number of missed doses is not known and is left out.",
        "A missed dose can feel like a change of dose. A day without a record is not a missed dose.",
    ),
    Rule(
        "new-symptom",
        "A new symptom",
        "A symptom rated 1 or more in the days after a change that was rated on at least 5 of the 14 days before "
        "it, and was below 1 on all of those. The day when it was last 1 or more is given with it.",
        "A symptom that was only added to the list that day is not new. One that comes and goes may not be new "
        "either, so you see when it was last there.",
    ),
    Rule(
        "burden",
        "Burden",
        "The mean of all symptoms that you rated on a day. Symptoms that were not rated that day are left out. "
        "Thoughts of suicide are in it only if you switched that on under Settings.",
        "It is one number for how much there is in all. It hides which symptom it was, so look at those, too.",
    ),
    Rule(
        "before-the-taper",
        "Before the taper",
        "The mean of the days before the first time any dose went down in your whole journal. At most the 90 days "
        "just before it are used. If your journal starts later than that, or nothing was rated then, it is the "
        "mean of the days before the first change in your journal. Then it is called “before the first change "
        "shown”.",
        "The week before a change may have been hard already. This one number stays the same all along.",
    ),
    Rule(
        "raised-week",
        "A week before that was raised",
        "A change is marked where its week before was itself worse than before the taper by 0.5 or more.",
        "After a hard week even hard days look like calm. The mark says so.",
    ),
    Rule(
        "level",
        "Days above before the taper",
        "On how many days since the last change of any medication the 3-day mean was worse than before the taper "
        "by 1.0 or more. It is out of the days that have a 3-day mean. Only days since that change are used.",
        "Something that climbs slowly, weeks after the last change, is never a quick rise. This shows it all the same.",
    ),
    Rule(
        "rose-most",
        "What rose most",
        "The mean of the last 28 days minus the mean before the taper. At least 14 days must be rated on each side.",
        "It is what changed most for you, which is not always what is worst.",
    ),
    Rule(
        "without-a-change",
        "The same without a change",
        "How often the same rule finds a rise where no dose changed. We cut those days into stretches that are as "
        "long as the days after the change, side by side. They lie before the first change, from a week after "
        "your first rating on, and from day 28 after a change to the next one. Each is compared with the week "
        "before it. Only whole stretches with enough rated days count.",
        "Ratings go up and down by themselves. If rises are as common without a change, a rise after one says little.",
    ),
    Rule(
        "wave",
        "Waves and windows",
        "A wave is 3 days or more in a row with a 3-day mean worse than before the taper by at least 1.0, and by "
        "at least as much as days before the taper commonly differ (one standard deviation). A window of better "
        "days is 3 days or more in a row, after a wave, that are worse by less than 0.5. A day without a 3-day "
        "mean ends both. Here the 3 days may reach across a change. At least 7 days before the taper must be "
        "rated.",
        "Some people have good and bad stretches in turn. The rule marks them in the same way each time.",
    ),
    Rule(
        "running-mean",
        "The line in a chart",
        "The mean of a day, the 3 days before it and the 3 days after it, from days on the same dose. At least 3 "
        "of them must be rated. The line stops at a change of dose, and where 3 days in a row or more are "
        "missing. A dose held for under 5 days is drawn with the one before it.",
        "A line across a change would begin to rise before the change did.",
    ),
    Rule(
        "comparison",
        "Days with and without something",
        "The mean of the days with it minus the mean of the days without it, and how many days each has. Both "
        "need at least 10 days. Days after a missed dose of any medication stand against days after doses "
        "recorded and none missed. Days after alcohol stand against days after none. Days after a night under 6 "
        "hours stand against days after 6 hours or more. Days with a practice stand against days with an entry and "
        "no practice. Days with exercise stand against days with 0 minutes. A day on which that or the rating is "
        "not on record is on neither side. The range beside it is a 95 % interval. We put your days together anew "
        "1,999 times, as many days as before, from blocks of 7 days in a row. The blocks are drawn at random and "
        "may come more than once. The range goes from the 50th to the 1,950th of the differences in order. A draw "
        "with no day on one side is drawn again. The draws always start from the same number (1989), so the same "
        "journal gives the same range.",
        "Days next to each other are alike, so whole weeks are drawn. Single days would give a range that is too "
        "narrow. With few days it still tends to be too narrow. Among several comparisons, one that stands out by "
        "chance is likely. Days with something can differ from the others in more than that. This does not show "
        "what causes what.",
    ),
    Rule(
        "what-helps",
        "What helps",
        "For each practice with distress before and after we take after minus before. The median is the middle one of "
        "these when they stand in order, or the mean of the middle two. The lowest and the highest are given with it, "
        "and how many practices there are. A practice that has only one of the two is counted as practised and is in "
        "no change. A skill is shown from 5 practices with both on, and so is a skill with one thing it was about. "
        "Under 5 there is no figure and no place in the order. The others stand in the order of their median, the "
        "lowest first. Where two are the same, the one with more practices comes first, then the name decides. The "
        "medians of before and of after are each taken for themselves. So their distance can differ from the median "
        "change.",
        "One very good or very bad time moves a median little. You may reach for one skill on harder days than for "
        "another, and distress can fall by itself. This does not show what causes what.",
    ),
)

RULES: dict[str, Rule] = {rule.slug: rule for rule in _RULES}
