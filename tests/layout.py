"""The layout as values: which app stands on which, which module is what. The rules read them."""

# An app may import those before it, never those after it.
APPS = (
    "maturity.web",
    "maturity.workspaces",
    "maturity.catalogue",
    "assessments",
    "assessments.workshops",
    "reports",
)
# Sees every app: only this one.
SWITCHBOARD = "maturity.urls"

# What a module of this name, directly inside an app, may import: its own number and lower ones.
LAYERS = {
    "urls": 9,
    "signing_urls": 9,
    "apps": 9,
    "views": 8,
    "api": 8,
    "management": 8,
    "tasks": 8,
    "errors": 8,
    "middleware": 8,
    "adapter": 8,
    "templatetags": 8,
    "forms": 7,
    "forms_importing": 7,
    "forms_kit": 7,
    "forms_sharing": 7,
    "fields": 7,
    "services": 6,
    "limits": 6,
    "queries": 5,
    "access": 4,
    "models": 3,
    "migrations": 3,
    "scopes": 2,
    "checks": 2,
    # Value in, file out.
    "exports": 2,
    "workbooks": 1,
    "pictures": 1,
    "rendering": 2,
    "ids": 1,
    "tokens": 1,
    "addresses": 1,
    "elsewhere": 1,
    "sealing": 1,
    "once": 1,
    "outgoing": 1,
    "pdf": 1,
    "charts": 1,
}
# Which capabilities one may import, besides the core of its app and lower apps. Pure modules and
# what lies outside of capabilities are free to all.
EDGES: dict[str, tuple[str, ...]] = {}
PURE = (
    "maturity.web.api.reference",
    "maturity.web.text",
    "maturity.web.calendar",
    "maturity.web.destinations",
    "maturity.web.tables",
    "maturity.web.strict_json",
    "maturity.workspaces.roles",
    "maturity.workspaces.actors",
    "maturity.workspaces.api_scopes",
    "maturity.workspaces.role_words",
    "maturity.workspaces.branding",
    "maturity.workspaces.trail_words",
    "maturity.catalogue.matrix",
    "maturity.web.validation",
    "maturity.catalogue.checks",
    "maturity.catalogue.advice",
    "maturity.catalogue.reading",
    "maturity.catalogue.importing",
    "assessments.scoring",
    "assessments.scoring.*",
    "assessments.workshops.rules",
    "assessments.workshops.rules.*",
    "reports.comparing",
    "reports.comparing_results",
    "reports.comparing_trend",
    "reports.composing",
    "reports.documents",
    "reports.importing",
    "reports.kinds",
    "reports.kit_sheets",
    "reports.look",
    "reports.outcomes",
    "reports.sharing",
    "reports.timeline",
    "reports.tables",
    "reports.tables_answers",
    "reports.tables_charts",
    "reports.wording",
    "reports.wording_dimension",
    "reports.wording_method",
    "reports.wording_overall",
    "reports.wording_overview",
    "reports.wording_workshop",
)
HEAVY_HOMES = {
    "weasyprint": ("reports.pdf",),
    "matplotlib": ("reports.charts", "reports.charts.*"),
    "pptx": ("reports.exports.pptx", "reports.exports.deck.*"),
    "xlsxwriter": ("maturity.web.workbooks", "reports.exports.xlsx", "reports.exports.deck.charts"),
    "openpyxl": ("maturity.web.workbooks",),
    "PIL": ("maturity.web.pictures",),
    # Endpoints, and what puts them together; whatever else runs never loads them.
    **dict.fromkeys(
        ("ninja", "pydantic", "pydantic_core"),
        (
            "maturity.web.api.*",
            "maturity.*.api",
            "maturity.*.api.*",
            "maturity.*.api_auth",
            "assessments.*.api",
            "assessments.api.*",
            "reports.api",
            "reports.*.api",
        ),
    ),
}
# Loaded late, inside a function, with a comment that says why.
LATE = (
    *HEAVY_HOMES,
    "maturity.web.pictures",
    "reports.pdf",
    "reports.charts",
    "reports.exports.pptx",
    "reports.exports.xlsx",
    "reports.exports.deck",
    "assessments.services.answers_workbook",
)
OBJECTS_LIVE_IN = ("services", "queries", "access", "migrations")
LINES_AT_MOST = 400
