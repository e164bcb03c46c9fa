"""How an assessment is set up: model, date, who answers, what is asked, what will be seen."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.core.forms.dates import AssessedField
from assessments.core.forms.grouping import GroupsField, lines_of
from assessments.core.services.assessments import LOCKED_WORDS
from assessments.core.services.setup import (
    ALL_GATES,
    ME,
    PICKS,
    SEVERAL,
    SOME_GATES,
    USUAL_FEWEST,
    Setup,
    setup_of,
)
from assessments.models import Assessment
from assessments.models.assessment import FEWEST_EVER
from maturity.catalogue.matrix import Matrix
from maturity.web.fields import PlainTextField, set_choices

# The fields on the page that each thing which can be locked is made of.
_FIELDS_OF = {
    "voices": ("voices",),
    "fewest_answers": ("fewest_answers",),
    "asked": ("who", "asked", "asked_up_to"),
    "groups": ("groups",),
}


class AssessmentForm(forms.Form):
    """Everything about an assessment that its lead decides, for a new one and for changing one.

    `matrices` are the models on offer by the id of their version; there is no field to choose when
    there is one. With `assessment` the form shows it as it is; `locked` names what stands still
    once somebody has answered (`LOCKED_WORDS`). A valid form has its `setup`, for the services.
    """

    setup: Setup

    model = forms.TypedChoiceField(label="Model", coerce=int, choices=[])
    date = AssessedField()
    purpose = PlainTextField(
        max_length=200,
        required=False,
        label="Purpose",
        help_text="Optional: what it is for, such as “Plan for next year”.",
    )
    scope = PlainTextField(
        max_length=200,
        required=False,
        label="Scope",
        help_text="Optional: which part of the organisation, such as “Shops in the north”.",
    )
    who = forms.ChoiceField(
        label="Who answers?",
        choices=[
            (ME, "Just me: I answer as I like, quickly or statement by statement"),
            (SEVERAL, "Several people: everybody is asked the same"),
        ],
        widget=forms.RadioSelect,
        initial=ME,
    )
    voices = forms.ChoiceField(
        label="Named or anonymous?",
        choices=[
            (
                Assessment.Voices.NAMED.value,
                "Named: you see who answered what, also while answers come in",
            ),
            (
                Assessment.Voices.ANONYMOUS.value,
                "Anonymous: nobody sees who said what, and nothing is shown while answers come in",
            ),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial=Assessment.Voices.NAMED.value,
    )
    fewest_answers = forms.IntegerField(
        label="Fewest answers to show anything",
        help_text="A figure, a note or a difference between groups is shown only when at least"
        " this many people gave an answer to it: 3 at least, 5 is a good number. It protects people"
        " only if every link goes to another person: whoever answers by several can work out more"
        " about the others. Respondents are told so, and how many are asked by a link.",
        min_value=FEWEST_EVER,
        max_value=100,
        required=False,
        initial=5,
        error_messages={
            "min_value": "At least 3: with fewer, it would be plain who said what.",
            "max_value": "100 at most.",
            "invalid": "Please give a whole number from 3 to 100.",
        },
    )
    asked = forms.ChoiceField(
        label="What is everybody asked?",
        choices=[
            (PICKS, "One stage for each dimension: about five minutes"),
            (ALL_GATES, "All statements: an hour or more, best in several sittings"),
            (SOME_GATES, "The statements up to a stage: shorter, when the top is far away"),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial=PICKS,
    )
    asked_up_to = forms.TypedChoiceField(
        label="Up to which stage?",
        help_text="Everybody is asked what it takes to reach this stage, and nothing beyond it.",
        coerce=int,
        empty_value=None,
        required=False,
    )
    groups = GroupsField(
        label="Groups",
        required=False,
        help_text="Optional, to see whether groups differ. One line each, the name, a colon and"
        " what to choose from: “Function: Service, IT, Marketing”. At most 5 lines of 20 choices.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        matrices: Mapping[int, Matrix],
        today: Any = None,
        assessment: Assessment | None = None,
        locked: Sequence[str] = (),
    ) -> None:
        self.matrices = matrices
        self.assessment = assessment
        self.locked = [name for name in LOCKED_WORDS if name in locked]
        initial = {"date": today} if assessment is None else _initial_of(assessment)
        super().__init__(data, initial=initial)
        choices = [(pk, f"{m.title} {m.version}") for pk, m in matrices.items()]
        if assessment is not None or len(choices) < 2:
            del self.fields["model"]
        else:
            set_choices(self, "model", choices)
        set_choices(self, "asked_up_to", [("", "Please choose"), *_stages(matrices)])
        for name in self.locked:
            for field in _FIELDS_OF[name]:
                # Groups may still get more options, and fewest answers may still rise.
                if name in ("voices", "asked"):
                    self.fields[field].disabled = True
        if assessment is None:
            self.fields["who"].initial = ME

    @property
    def version_id(self) -> int:
        """The model version that was chosen, or the only one there is."""
        if self.assessment is not None:
            return int(self.assessment.model_version_id)
        chosen = self.cleaned_data.get("model") if hasattr(self, "cleaned_data") else None
        return int(chosen or next(iter(self.matrices)))

    @property
    def locked_words(self) -> list[str]:
        """What stands still, as the page says it."""
        return [LOCKED_WORDS[name] for name in self.locked]

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice of several people needs."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("who") == SEVERAL:
            self._check_several(cleaned)
        if self.matrices and not self.errors:
            self.setup = self._setup(cleaned)
        return cleaned

    def _check_several(self, cleaned: dict[str, Any]) -> None:
        for name, words in (("voices", "named or anonymous"), ("asked", "what everybody is asked")):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(f"Please choose {words}."))
        is_anonymous = cleaned.get("voices") == Assessment.Voices.ANONYMOUS
        if is_anonymous and not self.errors and cleaned.get("fewest_answers") is None:
            self.add_error("fewest_answers", "Please give a whole number from 3 to 100.")

    def _setup(self, cleaned: dict[str, Any]) -> Setup:
        fewest = cleaned["fewest_answers"]
        if cleaned["who"] == ME:
            fewest = self.assessment.fewest_answers if self.assessment else None
        names = ("date", "purpose", "scope", "who", "voices", "asked", "asked_up_to", "groups")
        return setup_of(
            **{name: cleaned[name] for name in names},
            fewest_answers=fewest or USUAL_FEWEST,
            matrix=self.matrices[self.version_id],
        )


def _initial_of(assessment: Assessment) -> dict[str, Any]:
    free = assessment.asked == Assessment.Asked.FREE
    gates = SOME_GATES if assessment.asked_up_to else ALL_GATES
    return {
        "date": assessment.date,
        "purpose": assessment.purpose,
        "scope": assessment.scope,
        "who": ME if free else SEVERAL,
        "voices": assessment.voices,
        "fewest_answers": assessment.fewest_answers,
        "asked": gates if assessment.asked == Assessment.Asked.GATES else PICKS,
        "asked_up_to": assessment.asked_up_to,
        "groups": lines_of(assessment.groups),
    }


def _stages(matrices: Mapping[int, Matrix]) -> list[tuple[int, str]]:
    """Return the stages a gate leads to; by number alone where models differ."""
    names: dict[int, set[str]] = {}
    for matrix in matrices.values():
        for stage in matrix.stages[1:]:
            names.setdefault(stage.number, set()).add(stage.name)
    return [
        (number, f"Stage {number}, {next(iter(found))}" if len(found) == 1 else f"Stage {number}")
        for number, found in sorted(names.items())
    ]
