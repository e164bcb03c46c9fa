"""The rows of a workshop.

workshop     Workshop: one session on an assessment, and who may join it
round        Round: one question put to the room; Vote: one person's answer to it
participant  Participant: one person in the room, known by their phone's own cookie
"""

from assessments.workshops.models.participant import Participant
from assessments.workshops.models.round import Round, Vote
from assessments.workshops.models.workshop import Workshop

__all__ = ["Participant", "Round", "Vote", "Workshop"]
