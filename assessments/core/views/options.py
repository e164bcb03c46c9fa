"""The answers a statement can have, in words, and the mark that ready-made HTML is put in for."""

from dataclasses import dataclass

from maturity.catalogue.matrix import Descriptor, Matrix

# A noncharacter: no text that was cleaned can hold it, and escaping leaves it alone.
SLOT = "\uffff"


NO_LONGER = "No longer"


OTHER_ANSWERS = {"unknown": "Don’t know", "not_applicable": "Does not apply"}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer on offer."""

    value: str
    label: str


def options_of(matrix: Matrix, descriptor: Descriptor) -> list[Option]:
    """Return the steps on offer, worst first.

    A condition is asked as "still true?": its steps carry the scale's labels from the other end,
    and the best one says that it is no longer so.
    """
    labels = [step.label for step in matrix.scale]
    if descriptor.kind == "condition":
        labels = [*labels[:0:-1], NO_LONGER]
    return [Option(str(step), label) for step, label in enumerate(labels)]
