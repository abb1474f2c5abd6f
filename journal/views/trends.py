"""A place for what is being built."""

from django.http import HttpResponse


def trends(request, **kwargs):
    return HttpResponse("being built")


def overview(request, **kwargs):
    return HttpResponse("being built")
