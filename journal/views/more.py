"""A place for what is being built."""

from django.http import HttpResponse


def more(request, **kwargs):
    return HttpResponse("being built")


def preferences(request, **kwargs):
    return HttpResponse("being built")


def data(request, **kwargs):
    return HttpResponse("being built")
