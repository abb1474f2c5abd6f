"""A place for what is being built."""

from django.http import HttpResponse


def skills(request, **kwargs):
    return HttpResponse("being built")


def new(request, **kwargs):
    return HttpResponse("being built")


def practice_edit(request, **kwargs):
    return HttpResponse("being built")


def practice_delete(request, **kwargs):
    return HttpResponse("being built")


def skill(request, **kwargs):
    return HttpResponse("being built")


def edit(request, **kwargs):
    return HttpResponse("being built")


def delete(request, **kwargs):
    return HttpResponse("being built")
