"""A place for what is being built."""

from django.http import HttpResponse


def care(request, **kwargs):
    return HttpResponse("being built")


def question(request, **kwargs):
    return HttpResponse("being built")
