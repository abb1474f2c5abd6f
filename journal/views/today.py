"""A place for what is being built."""

from django.http import HttpResponse


def today(request, **kwargs):
    return HttpResponse("being built")
