"""A place for what is being built."""
