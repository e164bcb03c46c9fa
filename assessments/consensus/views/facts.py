"""What the consensus pages show, as values: who stands where, and how each question was answered.

`seen_of` is the one place where an anonymous assessment becomes what may be seen of it; what is
drawn comes from a `Seen` and from nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.html import format_html, format_html_join

from assessments.consensus.queries import Voices
from assessments.consensus.views.words import (
    agreement_text,
    initials,
    span_text,
    stands_text,
    summary,
    verdict,
)
from assessments.models import Assessment
from assessments.scoring.confidential import limited, people_who_answered, shown_in, suppressed
from assessments.scoring.figures import placed_text, score_text
from assessments.scoring.groups import (
    Group,
    Grouping,
    answered_by,
    groupings_of,
    safe_groupings,
    sheet_of_group,
)
from assessments.scoring.placement import DimensionPlacement, Placement
from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet
from assessments.scoring.spread import (
    Own,
    Spread,
    own_placements,
    placement_spread,
    rating_spreads,
)
from maturity.catalogue.matrix import Dimension, Matrix, ramp_position

_Owns = tuple[Own | None, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What may be seen of what everybody said.

    `owns` runs like the sheet's respondents in a named assessment; in an anonymous one it is
    sorted, holds stages only, and is empty where too few answered. `group_sheet` is what groups
    are counted from. `answered` of `invited` people have answered.
    """

    sheet: AnswerSheet
    owns: Mapping[str, _Owns]
    is_named: bool
    groupings: tuple[Grouping, ...]
    group_sheet: AnswerSheet
    answered: int
    invited: int
    fewest: int

    @property
    def is_too_few(self) -> bool:
        """Say whether nothing can be shown, because fewer than needed answered."""
        return not self.is_named and self.answered < self.fewest


def seen_of(assessment: Assessment, matrix: Matrix, voices: Voices) -> Seen:
    """Return what may be seen: of a named assessment everything."""
    sheet, fewest = voices.sheet, assessment.fewest_answers
    lists = [(each["name"], each["options"]) for each in assessment.groups]
    groupings = groupings_of(lists, voices.groups)
    if assessment.is_anonymous:
        counted = limited(sheet, shown_in(sheet, fewest))
        owns = {
            key: _without_names(each, fewest)
            for key, each in own_placements(matrix, counted).items()
        }
        groupings = safe_groupings(groupings, answered_by(counted).values(), fewest)
        shown = suppressed(sheet, fewest)
    else:
        counted = shown = sheet
        owns = dict(own_placements(matrix, sheet))
        groupings = tuple(each for each in groupings if len(each.groups) > 1)
    return Seen(
        sheet=shown,
        owns=owns,
        is_named=not assessment.is_anonymous,
        groupings=groupings,
        group_sheet=counted,
        answered=people_who_answered(sheet),
        invited=len(sheet.respondents),
        fewest=fewest,
    )


def _without_names(owns: _Owns, fewest: int) -> _Owns:
    # The stage and no decimals: an exact score could be worked back to one person's answers.
    found = [replace(own, score=Fraction(own.stage)) for own in owns if own is not None]
    found.sort(key=lambda own: own.stage)
    return tuple(found) if len(found) >= fewest else ()


# --- where people stand ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dot:
    """One respondent at a stage; without a name in an anonymous assessment."""

    name: str = ""
    score: str = ""
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class StripCell:
    """One stage of a strip and who stands there.

    `state` is "together" where all together stand, "empty" where nobody does, else "people".
    """

    label: str
    tone: int
    dots: tuple[Dot, ...]
    state: str

    @property
    def drawn(self) -> str:
        """Return the dots, with the names for whoever points at them; nothing for nobody.

        Drawn here and not in the template: a page holds up to 40 of these with 240 dots, and this
        is a fifth of the time.
        """
        if not self.dots:
            return ""
        dots = format_html_join("", "{}", ((dot.drawn,) for dot in self.dots))
        if not self.dots[0].name:
            return format_html(_NAMELESS, dots, len(self.dots))
        return format_html(_NAMED, dots, ", ".join(dot.name for dot in self.dots))


_DOTS = '<span class="voices__dots" aria-hidden="true">{}</span>'
_NAMELESS = f'{_DOTS}<span class="visually-hidden">{{}}</span>'
_NAMED = f'<span class="voices" tabindex="0">{_DOTS}<span class="voices__names">{{}}</span></span>'


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of the picture: the stages, the dots on them, and what they say in words.

    `score` and `stage` are those of all together; without a score, `stage` says why. `short_words`
    leave out the counts. `agreement` is r_wg with `n`, empty below three people. `differ` of
    `asked` statements need talking about.
    """

    key: str
    label: str
    cells: tuple[StripCell, ...]
    score: str
    stage: str
    is_agreed: bool
    words: str
    short_words: str
    agreement: str
    n: int
    people: int
    differ: int = 0
    asked: int = 0
    agreed: int = 0
    rank: tuple[bool, Fraction, int] = (True, Fraction(0), 0)


def strips_of(
    matrix: Matrix, seen: Seen, placement: Placement, *, with_scores: bool = False
) -> list[Strip]:
    """Return one strip for each dimension, in the model's order.

    `with_scores` gives everybody's own score as well, in a named assessment.
    """
    with_scores = with_scores and seen.is_named
    by_dimension: dict[str, list[Spread]] = {row.key: [] for row in matrix.dimensions}
    for spread in rating_spreads(matrix, seen.sheet):
        by_dimension[matrix.descriptors[spread.key].dimension].append(spread)
    dots = _dots(seen)
    strips = []
    for row, placed in zip(matrix.dimensions, placement.dimensions, strict=True):
        spreads = by_dimension[row.key]
        strip = _strip(
            matrix, row.key, row.name, seen.owns[row.key], dots, placed, with_scores=with_scores
        )
        agreements = (placed.agreement.ratings, placed.agreement.picks)
        least = next((each for each in agreements if each is not None), None)
        differ = sum(spread.differs for spread in spreads)
        strips.append(
            replace(
                strip,
                differ=differ,
                asked=sum(spread.people > 1 for spread in spreads),
                agreed=sum(spread.key in seen.sheet.agreed_ratings for spread in spreads),
                rank=(least is None, least or Fraction(0), -differ),
            )
        )
    return strips


def group_strips(matrix: Matrix, seen: Seen, dimension: Dimension) -> list[tuple[str, list[Strip]]]:
    """Return for each grouping its name and a strip for each of its groups."""
    everybody = seen.owns[dimension.key]
    dots = _dots(seen)
    found = []
    for grouping in seen.groupings:
        strips = []
        for group in grouping.groups:
            placed = score(matrix, sheet_of_group(seen.group_sheet, group)).placement.of(
                dimension.key
            )
            owns: _Owns = ()
            if seen.is_named:
                owns = tuple(o if p in group.members else None for p, o in enumerate(everybody))
            strip = _strip(matrix, dimension.key, _group_name(group), owns, dots, placed)
            strips.append(strip if seen.is_named else replace(strip, people=len(group.members)))
        found.append((grouping.name, strips))
    return found


def _group_name(group: Group) -> str:
    names = [option or "no group given" for option in group.options]
    if group.is_rest:
        return f"The others together ({', '.join(names)})"
    return names[0] if group.options[0] else "No group given"


def _strip(
    matrix: Matrix,
    key: str,
    label: str,
    owns: _Owns,
    people: Sequence[Dot],
    placed: DimensionPlacement,
    *,
    with_scores: bool = False,
) -> Strip:
    # Lowest first within a stage; in an anonymous sheet all of a stage are the same.
    standing = sorted(
        ((own, seat) for seat, own in enumerate(owns) if own is not None),
        key=lambda pair: float(pair[0].score),
    )
    dots: dict[int, list[Dot]] = {stage.number: [] for stage in matrix.stages}
    for own, seat in standing:
        dot = people[seat] if people else _DOT
        dots[own.stage].append(
            Dot(dot.name, score_text(own.score), dot.drawn) if with_scores else dot
        )
    spread = placement_spread(matrix, key, owns)
    agreement = placed.agreement
    figure = agreement.picks if agreement.ratings is None else agreement.ratings
    return Strip(
        key=key,
        label=label,
        cells=tuple(
            StripCell(
                label=f"{stage.number} {stage.name}",
                tone=tone,
                dots=tuple(dots[stage.number]),
                state="together"
                if placed.stage == stage.number
                else "people"
                if dots[stage.number]
                else "empty",
            )
            for stage, tone in zip(matrix.stages, _tones(matrix), strict=True)
        ),
        score="" if placed.score is None else score_text(placed.score),
        stage=placed_text(placed)
        if placed.stage is None
        else matrix.stage_by_number[placed.stage].name,
        is_agreed=placed.basis == "agreed",
        words=summary(verdict(agreement), stands_text(matrix, spread, owns)),
        short_words=summary(verdict(agreement), span_text(matrix, spread, owns)),
        agreement="" if figure is None else agreement_text(figure),
        n=agreement.n,
        people=spread.given,
    )


def _drawn(letters: str) -> str:
    return format_html('<i class="voice">{}</i>', letters)


_DOT = Dot(drawn=_drawn(""))


def _dots(seen: Seen) -> list[Dot]:
    """Return everybody with name and dot, nobody of an anonymous assessment."""
    if not seen.is_named:
        return []
    return [Dot(each.name, drawn=_drawn(initials(each.name))) for each in seen.sheet.respondents]


def _tones(matrix: Matrix) -> list[int]:
    return [ramp_position(matrix, stage.number) for stage in matrix.stages]
