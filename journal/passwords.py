"""What a new password must be, in our own words. The checking is Django's."""

from django.contrib.auth import password_validation as django


class LongEnough(django.MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self):
        """Says how many."""
        return f"This password is too short. It needs {self.min_length} characters or more."


class NotCommon(django.CommonPasswordValidator):
    """None of the 20,000 that are tried first."""

    def get_error_message(self):
        """Says why that matters."""
        return "Many people use this password, so it is easy to guess. Choose another one."


class NotTheName(django.UserAttributeSimilarityValidator):
    """Not the user name, or nearly."""

    def get_error_message(self):
        """Says what it is like: people here have a user name and nothing else that it could be like."""
        return "This password is too much like your user name. Choose another one."
