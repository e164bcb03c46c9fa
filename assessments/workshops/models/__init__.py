"""The rows of a workshop.

workshop     Workshop: one session on an assessment, and who may join it
round        Round: one question put to the room; Vote: one person's answer to it
participant  Participant: one person in the room, known by their phone's own cookie
sending      Sending: the result on its way to those who left an address
"""

from assessments.workshops.models.participant import Participant
from assessments.workshops.models.round import Round, Vote
from assessments.workshops.models.sending import Sending
from assessments.workshops.models.workshop import Workshop

__all__ = ["Participant", "Round", "Sending", "Vote", "Workshop"]
