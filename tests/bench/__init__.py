"""The figures `make bench` prints: ratios of things timed side by side in one run.

    __main__   runs every part and prints one table
    timing     interleaved medians
    settings   the product's settings with the bench's own two pages
    urls       the product's urls with those pages
    views      the simplest signed-in page, as this stack serves one
    cast       who is there: a signed-in member, a guest with everything answered
    server     a real server on a throw-away database
    pages      questionnaire pages, saving, a stored report's download, memory of a web process
    comparing  two results side by side, and the trend
    api        a call for a placement
    seeding    the whole demo, made
    portfolio  the portfolio with 50 and 500 organisations, and the page of each role
    writers    eight writers at once
    workshop   a live workshop with three hundred phones
    phones     those phones
    scoring    placing, against summing the same values
    radar      the radar, against matplotlib's own
    pdf        the report, against a bare WeasyPrint render
    reports    twenty reports asked for at once, and somebody who answers meanwhile

Absolute times say more about the machine than about the product, so none is a test; the one that
is printed is how long a person waits for the demo.
"""
