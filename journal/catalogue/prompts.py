"""Things that one may want to write about while tapering. Offered beside the notes, never pushed. Our own words."""

PROMPTS: tuple[str, ...] = (
    "Who am I without it?",
    "What am I afraid of: going back to the start?",
    "What was different on a day that was a little easier?",
    "What do I want the people near me to know?",
    "What did I do today although it was hard?",
    "What would I say to a friend who is where I am?",
    "What do I want to ask at the next appointment?",
)
