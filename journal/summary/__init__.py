"""The summary: what a clinician is told about a period. One frozen object (``build``), one set of words
(``present``), several renderings (HTML template, ``pdf``)."""
