"""Addresses."""

from django.urls import include, path

from quarterday.web.views import editions, home, people

urlpatterns = [
    path("", home.home, name="home"),
    path("account/", home.account, name="account"),
    path("accounts/", include("allauth.urls")),
    path("editions/", editions.edition_list, name="editions"),
    path("editions/<slug:partnership>/<slug:quarter>/", editions.edition, name="edition"),
    path("editions/<slug:partnership>/<slug:quarter>/charts/<slug:name>.svg", editions.chart, name="chart"),
    path("editions/<slug:partnership>/<slug:quarter>/edition.<slug:ending>", editions.download, name="download"),
    path("partnerships/<slug:partnership>/people/", people.people, name="people"),
    path("partnerships/<slug:partnership>/people/<int:role>/end/", people.end_role, name="end-role"),
    path("partnerships/<slug:partnership>/history/", people.history, name="history"),
    path("partnerships/<slug:partnership>/history/<int:change>/", people.change, name="change"),
    path("style/edition.css", editions.edition_style, name="edition-style"),
]
