"""A place for what is being built."""

from django.http import HttpResponse


def help_now(request, **kwargs):
    return HttpResponse("being built")


def offline(request, **kwargs):
    return HttpResponse("being built")


def service_worker(request, **kwargs):
    return HttpResponse("being built")


def manifest(request, **kwargs):
    return HttpResponse("being built")
