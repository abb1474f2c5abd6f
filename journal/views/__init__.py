"""Request in, response out, nothing else: a file per section of the menu."""
