"""Addresses of the sharing_agreements app."""

from django.urls import URLPattern

app_name = "sharing_agreements"
urlpatterns: list[URLPattern] = []
