"""What a process keeps of parsed models, forgotten."""

from assessments.answering.views import blocks
from assessments.workshops.views import pieces
from maturity.catalogue.queries import matrix_of_version


def forget_parsed_models() -> None:
    """Forget parsed models: a row's id comes back in the next test with another document."""
    matrix_of_version.cache_clear()
    pieces.forget()
    for cached in (blocks.stage_head, blocks._statement_pieces, blocks._cell_pieces):
        cached.cache_clear()
