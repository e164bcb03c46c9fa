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

# What a module or folder of this name may import: its own number and lower ones. The name lies
# directly inside an app or inside one of its capabilities.
LAYERS = {
    "urls": 9,
    "sign_in_urls": 9,
    "apps": 9,
    "views": 8,
    "api": 8,
    "api_auth": 8,
    "management": 8,
    "errors": 8,
    "middleware": 8,
    "adapter": 8,
    "templatetags": 8,
    "forms": 7,
    "fields": 7,
    "services": 6,
    "demo": 7,
    "rate_limits": 6,
    "queries": 5,
    "access": 4,
    "models": 3,
    "migrations": 3,
    "scopes": 2,
    "checks": 2,
    # Value in, file out.
    "exports": 2,
    "rendering": 2,
    "charts": 1,
    # The folders of maturity.web.
    "http": 1,
    "files": 1,
    "net": 1,
    "secrets": 1,
    "ids": 1,
    "cache": 1,
}
# Which capabilities one may import, besides the core of its app and lower apps. Pure modules and
# what lies outside of capabilities are free to all.
EDGES: dict[str, tuple[str, ...]] = {
    "assessments.answering": ("assessments.respondents", "assessments.lifecycle"),
    "assessments.respondents": (),
    "assessments.consensus": (),
    "assessments.lifecycle": (
        "assessments.respondents",
        "assessments.roadmap",
        "assessments.webhooks",
    ),
    "assessments.roadmap": ("assessments.webhooks",),
    "assessments.portfolio": (),
    "assessments.webhooks": (),
    "assessments.own_account": ("assessments.lifecycle",),
    "reports.comparing": ("reports.jobs",),
    "reports.jobs": (),
    "reports.sharing": ("reports.jobs",),
    "reports.importing": (),
    "reports.kit": (),
    "reports.result": ("reports.comparing",),
    "reports.overview": ("reports.jobs",),
    "reports.workshop_results": ("reports.jobs",),
    "maturity.workspaces.people": ("maturity.workspaces.audit",),
    "maturity.workspaces.organisations": (
        "maturity.workspaces.audit",
        "maturity.workspaces.tokens",
    ),
    "maturity.workspaces.tokens": ("maturity.workspaces.audit",),
    "maturity.workspaces.branding": ("maturity.workspaces.audit",),
    "maturity.workspaces.audit": (),
    "maturity.workspaces.accounts": ("maturity.workspaces.audit",),
    "maturity.workspaces.lifecycle": (
        "maturity.workspaces.audit",
        "maturity.workspaces.organisations",
    ),
}
PURE = (
    "maturity.web.api.reference",
    "maturity.web.text",
    "maturity.web.words",
    "maturity.web.backoff",
    "maturity.web.files.calendar",
    "maturity.web.net.url_guard",
    "maturity.web.files.tables",
    "maturity.web.strict_json",
    "maturity.workspaces.roles",
    "maturity.workspaces.actors",
    "maturity.workspaces.tokens.api_scopes",
    "maturity.workspaces.role_words",
    "maturity.workspaces.branding.colours",
    "maturity.workspaces.audit.words",
    "maturity.catalogue.matrix",
    "maturity.web.validation",
    "maturity.catalogue.checks",
    "maturity.catalogue.advice",
    "maturity.catalogue.reading",
    "maturity.catalogue.importing",
    "assessments.demo.checks",
    "assessments.demo.reading",
    "assessments.demo.stories",
    "assessments.webhooks.words",
    "assessments.scoring",
    "assessments.scoring.*",
    "assessments.workshops.rules",
    "assessments.workshops.rules.*",
    "reports.comparing.what_if",
    "reports.comparing.results",
    "reports.comparing.trend",
    "reports.document.composing",
    "reports.document.documents",
    "reports.importing.file",
    "reports.jobs.kinds",
    "reports.kit.sheets",
    "reports.rendering.look",
    "reports.document.outcomes",
    "reports.sharing.contents",
    "reports.document.timeline",
    "reports.document.tables.report",
    "reports.document.tables.answers",
    "reports.document.tables.charts",
    "reports.wording.basics",
    "reports.wording.dimension",
    "reports.wording.method",
    "reports.wording.overall",
    "reports.wording.overview",
    "reports.wording.workshop",
)
# Endpoints, and what puts them together.
_API = (
    "maturity.web.api.*",
    "maturity.*.api",
    "maturity.*.api.*",
    "maturity.*.api_auth",
    "assessments.*.api",
    "assessments.api.*",
    "reports.jobs.api",
    "reports.*.api",
)
HEAVY_HOMES = {
    "weasyprint": ("reports.rendering.pdf",),
    "matplotlib": ("reports.charts.files", "reports.charts.lettering"),
    "pptx": ("reports.exports.pptx", "reports.exports.deck.*"),
    "xlsxwriter": (
        "maturity.web.files.workbooks",
        "reports.exports.xlsx",
        "reports.exports.deck.charts",
    ),
    "openpyxl": ("maturity.web.files.workbooks",),
    "PIL": ("maturity.web.files.images",),
    "ninja": _API,
    "pydantic": (*_API, *PURE),
    "pydantic_core": _API,
}
# Loaded late, inside a function, with a comment that says why.
LATE = (
    *HEAVY_HOMES,
    "maturity.web.files.images",
    "reports.rendering.pdf",
    "reports.charts.files",
    "reports.exports.pptx",
    "reports.exports.xlsx",
    "reports.exports.deck",
    "assessments.answering.services.workbook",
)
OBJECTS_LIVE_IN = ("demo", "services", "queries", "access", "migrations", "rate_limits")
# May ask the database in SQL: what Django has no words for.
SQL_LIVES_IN = ("maturity.web.checks",)
LINES_AT_MOST = 400
COLUMNS_AT_MOST = 160

# Class names that Django decides, so that every command and migration has them.
SHARED_NAMES = {"Command", "Migration"}
