"""A place for what is being built."""

from django.http import HttpResponse


def first_run(request, **kwargs):
    return HttpResponse("being built")
