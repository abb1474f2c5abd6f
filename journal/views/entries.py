"""A place for what is being built."""

from django.http import HttpResponse


def calendar(request, **kwargs):
    return HttpResponse("being built")


def entry(request, **kwargs):
    return HttpResponse("being built")


def delete(request, **kwargs):
    return HttpResponse("being built")


def dose(request, **kwargs):
    return HttpResponse("being built")
