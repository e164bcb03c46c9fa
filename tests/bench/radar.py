"""The radar against matplotlib's own polar radar with default settings, in time and in bytes."""

from io import BytesIO
from math import pi

from tests.bench.timing import Figure, medians

ROUNDS = 40
NAMES = (
    "Strategy",
    "Customer Engagement",
    "Employee Engagement",
    "People Profile Management",
    "Crisis Management",
    "Metrics",
    "Tools and Integration",
    "Social Tools Inside the Company",
)


def measure() -> list[Figure]:
    # Only this part of the bench needs matplotlib.
    from matplotlib.figure import Figure as Canvas

    from reports.charts.radar import radar
    from reports.document.documents import RadarAxis, RadarValues, StageFacts

    stages = tuple(StageFacts(n, f"Stage {n}", "", "", n) for n in range(1, 6))
    steps = iter(range(10**9))

    def values() -> tuple[list[float], list[float], list[float]]:
        shift = next(steps) % 10 / 10
        now = [1.2 + (i * 7 % 30) / 10 + shift / 2 for i in range(len(NAMES))]
        return now, [min(each + 1, 5) for each in now], [max(each - 0.5, 1) for each in now]

    def ours() -> str:
        now, target, before = values()
        axes = tuple(
            RadarAxis(name, f"{n:.1f}", n, t, b, n, n)
            for name, n, t, b in zip(NAMES, now, target, before, strict=True)
        )
        return radar(RadarValues("Radar", "", stages, axes), name="radar")

    def theirs() -> bytes:
        angles = [2 * pi * i / len(NAMES) for i in range(len(NAMES) + 1)]
        figure = Canvas()
        axes = figure.add_subplot(projection="polar")
        for label, series in zip(("Now", "Target", "Last time"), values(), strict=True):
            axes.plot(angles, [*series, series[0]], label=label)
        axes.fill(angles, [1] * len(angles), alpha=0.15)
        axes.set_xticks(angles[:-1], NAMES)
        axes.set_ylim(0, 5)
        axes.legend()
        out = BytesIO()
        figure.savefig(out, format="svg")
        return out.getvalue()

    mine, polar = medians(ours, theirs, rounds=ROUNDS)
    return [
        Figure("radar as SVG ÷ matplotlib's polar radar, time", mine / polar, 0.05),
        Figure("radar as SVG ÷ matplotlib's polar radar, bytes", len(ours()) / len(theirs()), 0.5),
    ]
