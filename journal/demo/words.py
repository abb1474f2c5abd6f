"""What the demo person writes: sentences by occasion. First person, everyday, no advice."""

import random

SENTENCES: dict[str, tuple[str, ...]] = {
    "first": (
        "Starting this today, so that I have something to show Dr Hale besides my memory.",
        "First day of writing things down. I would like to see what really happens when the dose changes.",
    ),
    "reduction": (
        "First day at {mg} mg instead of {old}. Nothing to report yet.",
        "Down to {mg} mg this morning. A bit nervous about it, but it is what we agreed.",
        "{old} to {mg} mg from today. Measured it twice.",
        "New dose today, {mg} mg. Put the old bottle at the back of the cupboard.",
        "Changed to {mg} mg. Ordinary day otherwise.",
        "{mg} mg since breakfast. Told Sam, so that somebody else knows the date.",
        "Next step: {mg} mg. Last time the third day was when I noticed, so I will see.",
    ),
    "back_up": (
        "Rang the surgery. Dr Hale suggested going back up to {mg} mg for now, so that is what I took.",
        "Back up to {mg} mg after the call with Dr Hale. Partly relieved, partly disappointed.",
    ),
    "hold": (
        "Saw Dr Hale. We are staying at {mg} mg for another while.",
        "Staying at {mg} mg. No date for the next change yet, which suits me.",
    ),
    "stop": ("First day without any. I kept looking at the place where the bottle was.",),
    "missed": (
        "Forgot it completely, noticed at bedtime and left it.",
        "Left the bottle at home and was out until late. No dose today.",
        "Found the little cup still full by the kettle this evening. Missed it.",
        "Missed it. Weekend, no routine.",
    ),
    "late": (
        "Took it late, after the train.",
        "Dose only at lunchtime, I overslept.",
        "Late with the dose, the morning got away from me.",
        "Remembered it in the middle of a meeting and took it afterwards.",
    ),
    "other": ("Poured the old amount by habit, {mg} mg instead of the new one. Noticed too late.",),
    "before_gap": ("Sore throat and shivery. I think I am coming down with what Sam had.",),
    "after_gap": (
        "Back after days of flu. Took the doses, as far as I know, but wrote nothing down.",
        "Up again. I have no idea what the last week was like apart from the fever, so I leave it blank.",
        "Out of bed for the first time in days. The gap above is the flu.",
    ),
    "wave": (
        "Zaps whenever I turn my head quickly. Not painful, just odd.",
        "Short fuse. Snapped at Sam about the dishwasher and said sorry an hour later.",
        "Everything a size too loud today.",
        "Woke at four with my heart going and could not say why.",
        "Felt seasick on the bus, standing still would have been worse.",
        "Cried at an advert. Then laughed about crying at an advert.",
        "Anxious from the moment I woke up, without anything to be anxious about.",
        "Did the minimum at work. The stairs felt like a boat.",
        "Rough day. Cancelled the pub and watched a film I already know.",
        "Dizzy when I look from the screen to the window and back.",
        "Could not follow a page of my book, read the same paragraph three times.",
        "Sweaty night and a thick head all morning.",
        "The electric feeling runs down into my arms when I am tired.",
        "Worried about three things at once, none of them urgent.",
        "Nausea until noon. Toast was all right.",
        "Felt like crying in the supermarket and left with half the list.",
        "Tense jaw, restless legs, no patience. Early bed.",
        "Worse in the evening than in the morning for once.",
        "Managed the call with the bank, then needed an hour on the sofa.",
        "I keep thinking this is just me now. Two weeks ago I thought so too, and it passed.",
    ),
    "easing": (
        "A little less of everything.",
        "Zaps only when I am tired now.",
        "Slept through until six, first time in a week.",
        "Noticed at lunch that I had not thought about my head all morning.",
        "Still wobbly, but I cooked a proper dinner.",
        "The worst of it seems to be behind me, at least for this step.",
        "Bit flat, but calm.",
        "Less dizzy. Drove to the shop without thinking about it.",
        "Patience is coming back. Helped Maya with her maths and nobody shouted.",
        "Read a whole chapter.",
        "Only noticed the dizziness on the stairs.",
        "Tired rather than wired today.",
        "Ate properly for the first time in days.",
        "Not good, not bad. I will take it.",
        "Music sounded nice again.",
    ),
    "window": (
        "Suddenly a clear day. As if somebody had opened a window.",
        "Woke up feeling like myself. Not analysing it.",
        "Good day in the middle of a bad stretch. Wrote it down so that I believe it later.",
        "Nothing buzzed, nothing spun. Went out without a plan.",
    ),
    "quiet": (
        "Ordinary day.",
        "Nothing special, which is nice.",
        "Worked from home, went for a walk before it got dark.",
        "Good energy until about four.",
        "Slept well. Long walk with the dog along the canal.",
        "Busy day at work and I only noticed afterwards that it had been fine.",
        "Calm. Rang Dad and talked about tomatoes for half an hour.",
        "Swimming again, twenty lengths.",
        "Read on the balcony all afternoon.",
        "Dinner with Priya and Tom. Tired, but in a good way.",
        "A slow Sunday sort of day, whatever the calendar says.",
        "Got the bike out. Legs like jelly now.",
        "Made soup for three days.",
        "Tidied the shed. Found the good scissors.",
        "Concentrated for a whole hour without noticing.",
        "Choir was fun tonight.",
        "Rain all day. Did the tax letter that I had been avoiding.",
        "Laughed a lot with Maya about her school play.",
        "Some worry in the evening about work, gone by bedtime.",
        "Slightly headachy, probably the weather.",
    ),
    "sleep": (
        "Awake from two to five.",
        "Very vivid dreams, woke up more tired than before.",
        "Lay there listening to the boiler. Slept in the end.",
        "Four broken hours. The rest of the day went accordingly.",
        "Up at half past three, sat in the kitchen with the radio on low.",
        "Could not switch my head off.",
    ),
    "life": (
        "Sam's sister visited.",
        "Maya has a cold.",
        "Deadline at work on Friday.",
        "The neighbours are drilling again.",
        "Met Priya for coffee.",
        "Long queue at the post office.",
        "New person started in the team.",
        "The dog had to go to the vet, nothing serious.",
        "Parents' evening.",
        "Train cancelled, got home at nine.",
        "Two coffees, one more than usual.",
        "Half a glass of wine at Tom's.",
        "No coffee today.",
        "Therapy this afternoon, talked mostly about work.",
        "Picked up the prescription.",
        "Boiler man came, two hours late.",
        "Walked home instead of taking the bus.",
        "Phone in the other room after nine.",
        "Watched the football with Dad.",
        "Haircut.",
        "Sorted old photographs with Sam.",
        "Helped Tom move a wardrobe.",
    ),
    "winter": (
        "First frost on the car.",
        "Dark at four.",
        "Scarf, gloves, the lot.",
        "Lit the stove for the first time this week.",
        "Grey from morning to evening.",
    ),
    "spring": (
        "Planted the beans.",
        "Ate lunch outside, in a coat.",
        "The blackbird starts at half past four now.",
        "Cleaned the windows, so that there is a reason to look out.",
    ),
    "summer": (
        "Too hot to sleep with the window shut, too loud with it open.",
        "Thunderstorm in the night.",
        "Paddled in the river with Maya.",
        "Ice cream for supper.",
    ),
    "autumn": (
        "Raked leaves until it was dark.",
        "Blackberries.",
        "First evening with the heating on.",
        "Wind all night.",
    ),
    "check_in_early": (
        "Before the first coffee.",
        "On the bus.",
        "Woke up with it.",
        "Zaps when I got up too fast.",
        "Heart going, nothing to point at.",
        "Still half asleep.",
    ),
    "check_in": (
        "After lunch.",
        "In the queue at the pharmacy.",
        "Between two meetings.",
        "Screen, window, screen: there it is again.",
        "Back from the walk.",
    ),
    "check_in_late": (
        "On the sofa, everybody else asleep.",
        "While the pot soaked.",
        "Quieter than this morning.",
        "Tired, but not wound up.",
        "Radio on, lights low.",
    ),
    "travel": ("Train to Leeds.", "Weekend at Sam's sister's.", "Two days away for work.", "Ferry, then a long drive."),
    "bereavement": ("Aunt Ruth died.",),
    "good-news": ("Maya got the part in the play.", "Tom and Priya are having a baby.", "The boiler is really mended."),
    "stressful": ("Letter from the tax office.", "Deadline moved forward.", "Dad in hospital overnight for tests."),
    "other-medicine": ("Ibuprofen, twice.", "Antibiotics for five days, for a tooth."),
    "practice": (
        "In the car before going in.",
        "Interrupted halfway by the phone.",
        "Took a while to settle, then it did something.",
        "Hard to stay with it today.",
        "In the bathroom at work.",
        "With Maya, who found it funny.",
        "In bed, lights off.",
        "Did not do much, but I sat still for five minutes.",
        "Second time today.",
    ),
}

QUESTIONS = (
    "Is the liquid the same strength as half a tablet, or do I need to measure it differently?",
    "The zaps come about three days after a change. Is that usual, and do they mean anything?",
    "How would we tell whether a bad week is from the dose or from something else?",
    "Is it all right to stay at one dose through the winter?",
    "Is ibuprofen all right with this, for the headaches?",
    "What do I do about doses on the flight in spring, with the time difference?",
)


SEASONS = ("winter", "winter", "spring", "spring", "spring", "summer", "summer", "summer", "autumn", "autumn")
"""By month from January; November and December are winter again."""


def season(month: int) -> str:
    """The occasion for small talk about the time of year."""
    return SEASONS[month - 1] if month <= len(SEASONS) else "winter"


class Words:
    """Sentences in a shuffled order: none twice before all of its kind were used, and none twice close together."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        self.waiting: dict[str, list[str]] = {}
        self.used: dict[str, list[str]] = {}

    def say(self, occasion: str, **values) -> str:
        """The next sentence for this occasion."""
        waiting = self.waiting.setdefault(occasion, [])
        used = self.used.setdefault(occasion, [])
        if not waiting:
            half = (len(used) + 1) // 2
            older, newer = used[:half] or list(SENTENCES[occasion]), used[half:]
            self.rng.shuffle(older)
            self.rng.shuffle(newer)
            waiting.extend(newer + older)
            used.clear()
        used.append(waiting.pop())
        return used[-1].format(**values)
