"""Addresses: who is asked: members, guests, the open link, reminders."""

from django.urls import path

from assessments.respondents.views import respondents

_ONE = "assessments/<str:public_id>/"

urlpatterns = [
    path(f"{_ONE}respondents/", respondents.respondents, name="respondents"),
    path(f"{_ONE}respondents/members/", respondents.ask_members, name="ask-members"),
    path(f"{_ONE}respondents/guests/", respondents.ask_guests, name="ask-guests"),
    path(f"{_ONE}respondents/remind/", respondents.remind_all, name="remind"),
    path(f"{_ONE}respondents/open-link/", respondents.open_link, name="respondents-open-link"),
    path(
        f"{_ONE}respondents/<int:respondent_id>/send/",
        respondents.send_link,
        name="respondent-send",
    ),
    path(
        f"{_ONE}respondents/<int:respondent_id>/link/",
        respondents.new_link,
        name="respondent-link",
    ),
    path(
        f"{_ONE}respondents/<int:respondent_id>/remove/",
        respondents.remove,
        name="respondent-remove",
    ),
]
