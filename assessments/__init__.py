"""One organisation's answers, and what they mean.

urls         addresses
views        pages and the small answers to saves
api          endpoints: assessments, answers, placement, roadmap
forms        what people send, cleaned to its final type
demo         the demo: stories from fixtures/demo, made through the services
services     everything that changes a row
queries      everything that reads rows
access       who may open which assessment
models       assessments, respondents, secret links, ratings, picks, settings
scoring      PURE: from answers to a placement
workshops    [app] live sessions on an assessment; this app knows nothing of it
management   commands: place, seed_demo
migrations   the tables
apps         names the app

Arrows inside run one way: urls, views, api and management, forms and demo, services, queries,
access, models, scoring. This app imports maturity.catalogue, maturity.workspaces and maturity.web.
"""
