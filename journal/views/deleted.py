"""A place for what is being built."""

from django.http import HttpResponse


def deleted(request, **kwargs):
    return HttpResponse("being built")


def undo(request, **kwargs):
    return HttpResponse("being built")
