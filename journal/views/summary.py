"""A place for what is being built."""

from django.http import HttpResponse


def summary(request, **kwargs):
    return HttpResponse("being built")


def pdf(request, **kwargs):
    return HttpResponse("being built")
