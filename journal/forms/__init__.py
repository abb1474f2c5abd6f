"""Forms: one for each thing that a person fills in."""
