"""A place for what is being built."""

from django.http import HttpResponse


def symptoms(request, **kwargs):
    return HttpResponse("being built")


def symptom(request, **kwargs):
    return HttpResponse("being built")
