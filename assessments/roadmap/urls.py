"""Addresses: the roadmap: steps, their owners and dates, the calendar and the emails about them."""

from django.urls import path

from assessments.roadmap.views import board, calendar, own_steps

_STEPS = "organisations/<str:public_id>/steps/"

urlpatterns = [
    path("my/steps/", own_steps.my_steps, name="my-steps"),
    path("my/steps/mails/", own_steps.mails, name="step-mails"),
    path("calendar/<str:token>/steps.ics", calendar.feed, name="feed"),
    path("workspaces/<str:public_id>/calendar/", calendar.step_feed, name="step-feed"),
    path("workspaces/<str:public_id>/calendar/end/", calendar.end, name="step-feed-end"),
    path(_STEPS, board.steps, name="steps"),
    path(f"{_STEPS}decide/", board.decide, name="decide-step"),
    path(f"{_STEPS}calendar.ics", calendar.calendar, name="steps-calendar"),
    path(f"{_STEPS}add/", board.add, name="add-step"),
    path(f"{_STEPS}capacity/", board.capacity, name="capacity"),
    path(f"{_STEPS}<int:step_id>/", board.step, name="step"),
    path(f"{_STEPS}<int:step_id>/begin/", board.begin, name="step-begin"),
    path(f"{_STEPS}<int:step_id>/move/", board.move, name="step-move"),
    path(f"{_STEPS}<int:step_id>/done/", board.done, name="step-done"),
    path(f"{_STEPS}<int:step_id>/reopen/", board.reopen, name="step-reopen"),
    path(f"{_STEPS}<int:step_id>/drop/", board.drop, name="step-drop"),
]
