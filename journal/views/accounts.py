"""A place for what is being built."""

from django.http import HttpResponse


def delete_account(request, **kwargs):
    return HttpResponse("being built")


def recovery_code(request, **kwargs):
    return HttpResponse("being built")


def recover(request, **kwargs):
    return HttpResponse("being built")
