"""Addresses."""

from django.urls import path

from quarterday.web import views

urlpatterns = [
    path("", views.edition_list, name="editions"),
    path("style/edition.css", views.edition_style, name="edition-style"),
    path("editions/<slug:partnership>/<slug:quarter>/", views.edition, name="edition"),
    path("editions/<slug:partnership>/<slug:quarter>/charts/<slug:name>.svg", views.chart, name="chart"),
    path("editions/<slug:partnership>/<slug:quarter>/edition.<slug:ending>", views.download, name="download"),
]
