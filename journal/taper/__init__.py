"""Arithmetic of doses on plain numbers and dates: exact, and without Django."""
