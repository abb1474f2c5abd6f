"""A place for what is being built."""

from django.http import HttpResponse


def medications(request, **kwargs):
    return HttpResponse("being built")


def new(request, **kwargs):
    return HttpResponse("being built")


def medication(request, **kwargs):
    return HttpResponse("being built")


def edit(request, **kwargs):
    return HttpResponse("being built")


def delete(request, **kwargs):
    return HttpResponse("being built")
