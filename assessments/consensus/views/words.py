"""How the consensus pages say where people stand and how far they agree."""

from collections.abc import Sequence
from fractions import Fraction

from assessments.scoring.placement import Agreement
from assessments.scoring.spread import Own, Spread, level_of
from maturity.catalogue.matrix import Matrix
from maturity.web.words import number_text

_ABOUT_ANSWERS = {
    "none": "Answers lie far apart",
    "weak": "Answers lie apart",
    "moderate": "Answers agree in part",
    "strong": "Answers agree well",
    "very strong": "Answers agree closely",
}
_ABOUT_PICKS = {
    "none": "Opinions differ widely",
    "weak": "Opinions differ",
    "moderate": "Opinions agree in part",
    "strong": "Opinions agree well",
    "very strong": "Opinions agree closely",
}


def verdict(agreement: Agreement) -> str:
    """Return how far people agree, in words; empty where it cannot be told."""
    if agreement.ratings is not None:
        return _ABOUT_ANSWERS[level_of(agreement.ratings)]
    if agreement.picks is not None:
        return _ABOUT_PICKS[level_of(agreement.picks)]
    return ""


def stands_text(matrix: Matrix, spread: Spread, owns: Sequence[Own | None]) -> str:
    """Return where people stand: "two see Traditional, six Operational"; empty for nobody.

    People "see" a stage when all of them chose one; otherwise their answers put them there.
    """
    people, bases = spread.given, {own.basis for own in owns if own}
    one, many, at = (
        ("sees", "see", "") if bases == {"declared"} else ("comes out", "come out", "at ")
    )
    found = [
        (count, f"{at}{stage.name}")
        for stage, count in zip(matrix.stages, spread.counts, strict=True)
        if count
    ]
    if not found:
        return ""
    (first, where), *others = found
    verb = one if first == 1 else many
    if not others:
        who = (
            "one person" if people == 1 else "both" if people == 2 else f"all {number_text(people)}"
        )
        return f"{who} {verb} {where}"
    parts = [f"{number_text(first)} {verb} {where}"]
    parts += [f"{number_text(count)} {there}" for count, there in others]
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 2 else ", ".join(parts)


def span_text(matrix: Matrix, spread: Spread, owns: Sequence[Own | None]) -> str:
    """Return the same in short: of more than two stages only the first and the last."""
    stages = [s for s, count in zip(matrix.stages, spread.counts, strict=True) if count]
    if len(stages) <= 2:
        return stands_text(matrix, spread, owns)
    return f"from {stages[0].name} to {stages[-1].name}"


def summary(words: str, stands: str) -> str:
    """Return both as one sentence."""
    text = f"{words}: {stands}" if words and stands else words or stands
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def agreement_text(agreement: Fraction) -> str:
    """Return r_wg with two decimals, never 1.00 before it is whole."""
    hundredths = min(round(agreement * 100), 100 if agreement == 1 else 99)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def initials(name: str) -> str:
    """Return the first letters of the first and of the last word of a name."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()
