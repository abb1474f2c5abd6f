"""The site: settings, addresses, server. No domain here."""

__version__ = "0.1.0"
