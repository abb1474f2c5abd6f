"""Series in, SVG out. matplotlib's Figure and artists, never pyplot, never Axes.

Importing this package costs nothing; `journal.charts.overview` and its siblings import
matplotlib (about 0.3 s), so a view imports them inside the function and `warm.warm_up` has
usually been there before. `journal.charts.model` is free of it.
"""
