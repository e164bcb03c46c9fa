"""Addresses of workshops: set-up and screens of the facilitator, joining, and the phone."""

from django.urls import path

from assessments.workshops.views import (
    acts,
    after,
    agenda,
    facilitator,
    hands,
    join,
    planning,
    pulse,
    rehearsal,
    room,
    wall,
)

app_name = "workshops"
_OF_ASSESSMENT = "assessments/<str:public_id>/workshops/"
_ONE = "workshops/<str:public_id>/"
_ROOM = "room/<str:public_id>/"

urlpatterns = [
    path(_OF_ASSESSMENT, planning.workshops, name="list"),
    path(f"{_OF_ASSESSMENT}new/", planning.new, name="new"),
    path(f"{_ONE}setup/", planning.setup, name="setup"),
    path(f"{_ONE}delete/", planning.delete, name="delete"),
    path(f"{_ONE}agenda/", agenda.change, name="agenda"),
    path(f"{_ONE}rehearse/", rehearsal.rehearse, name="rehearse"),
    path(f"{_ONE}rehearsal/tick/", rehearsal.tick, name="tick"),
    path(_ONE, facilitator.facilitator, name="facilitator"),
    path(f"{_ONE}screen/", facilitator.screen, name="facilitator-screen"),
    path(f"{_ONE}act/", acts.act, name="act"),
    path(f"{_ONE}rounds/<int:round_id>/agree/", acts.agree, name="agree"),
    path(f"{_ONE}rounds/<int:round_id>/hands/", hands.hands, name="hands"),
    path(f"{_ONE}wall/", wall.wall, name="wall"),
    path(f"{_ONE}wall/screen/", wall.screen, name="wall-screen"),
    path(f"{_ONE}pulse/<str:ticket>/", pulse.pulse, name="pulse"),
    path(f"{_ONE}after/", after.after, name="after"),
    path(f"{_ONE}after/steps/", after.decide, name="decide-step"),
    path(f"{_ONE}protocol.csv", after.protocol_csv, name="protocol-csv"),
    path("join/", join.join, name="join"),
    path("join/scan/<str:token>/", join.by_scan, name="scan"),
    path("join/<str:code>/", join.by_code, name="join-code"),
    path(_ROOM, room.room, name="room"),
    path(f"{_ROOM}poll/", room.poll, name="poll"),
    path(f"{_ROOM}vote/", room.vote, name="vote"),
    path(f"{_ROOM}here/", room.here, name="here"),
    path(f"{_ROOM}name/", room.name, name="name"),
    path(f"{_ROOM}address/", room.address, name="address"),
    path(f"{_ROOM}leave/", room.leave, name="leave"),
]
