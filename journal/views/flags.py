"""Red flags: after a save, whether help has to be on the screen."""

import datetime as dt


def next_after(request, day: dt.date, url: str) -> str:
    """Where a save that is about ``day`` leads: to the help panel when a red flag is to be shown, else to ``url``.

    To be asked after the save, in no transaction of it: nothing here can undo what was saved.
    """
    return url
