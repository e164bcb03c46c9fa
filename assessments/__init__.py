"""One organisation's answers, and what they mean.

urls         addresses
demo         the demo: stories from fixtures/demo, made through the services
access       who may open which assessment
models       assessments, respondents, secret links, ratings, picks, settings
scoring      PURE: from answers to a placement
workshops    [app] live sessions on an assessment; this app knows nothing of it
management   commands: place, seed_demo
migrations   the tables
apps         names the app
answering     answering: from the first page to the last, in the browser or offline
consensus     where people differ, and what the group agrees on
core          what all capabilities of an assessment share: figures, sheets, locking, links,
              email
lifecycle     an assessment from set-up to closing and deletion
own_account   a person's own data: downloaded, or deleted with the account
portfolio     a workspace's organisations side by side, and what needs attention
respondents   who is asked: members, guests, the open link, reminders
roadmap       the roadmap: steps, their owners and dates, the calendar and the emails about them
webhooks      webhooks: addresses that are notified of closed assessments and finished steps

Arrows inside run one way: urls, views, api and management, forms and demo, services, queries,
access, models, scoring. This app imports maturity.catalogue, maturity.workspaces and maturity.web.
"""
