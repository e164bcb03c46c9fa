"""The rows of an assessment.

assessment   Assessment, and DimensionSetting: target, weight and baseline of one dimension
respondent   Respondent, SecretLink, which opens the assessment for one, and OpenLink, for anybody
answer       Rating and Pick: one row an answer
agreed       AgreedAnswer: what the group decided on
result       Result, frozen by closing
step         Step: what was decided to be done
step_feed    StepFeed: where a member's calendar finds the days of steps
webhook      Webhook: an address that is told of events; Delivery: one message to it
"""

from assessments.models.agreed import AgreedAnswer
from assessments.models.answer import Pick, Rating
from assessments.models.assessment import Assessment, DimensionSetting
from assessments.models.respondent import OpenLink, Respondent, SecretLink
from assessments.models.result import Result
from assessments.models.step import Step
from assessments.models.step_feed import StepFeed
from assessments.models.webhook import Delivery, Event, Webhook

__all__ = [
    "AgreedAnswer",
    "Assessment",
    "Delivery",
    "DimensionSetting",
    "Event",
    "OpenLink",
    "Pick",
    "Rating",
    "Respondent",
    "Result",
    "SecretLink",
    "Step",
    "StepFeed",
    "Webhook",
]
