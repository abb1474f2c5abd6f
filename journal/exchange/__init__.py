"""Files out and in: our CSV both ways. What they hold is described in docs/data-formats.md."""
