"""Addresses: answering: from the first page to the last, in the browser or offline."""

from django.urls import path

from assessments.answering.views import (
    begin,
    claim,
    everything,
    guided,
    home,
    open_link,
    progress,
    quick,
    resume,
    saving,
    secret_link,
    workbook,
)

_ONE = "assessments/<str:public_id>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("start/", home.start, name="start"),
    path("link/<str:token>/", home.open_by_link, name="open-link"),
    path(_ONE, resume.resume, name="resume"),
    path(f"{_ONE}begin/", begin.begin, name="begin"),
    path(f"{_ONE}finish/", begin.end, name="finish"),
    path(f"{_ONE}question/", resume.question, name="question"),
    path(f"{_ONE}answer/", saving.answer, name="answer"),
    path(f"{_ONE}progress/<str:mode>/", progress.progress, name="progress"),
    path(f"{_ONE}quick/", quick.quick_start, name="quick"),
    path(f"{_ONE}quick/<slug:dimension>/", quick.quick, name="quick"),
    path(f"{_ONE}guided/", guided.guided_start, name="guided"),
    path(f"{_ONE}guided/<slug:dimension>/", guided.guided, name="guided"),
    path(f"{_ONE}guided/<slug:dimension>/gates/", guided.gates, name="gates"),
    path(f"{_ONE}everything/", everything.everything, name="everything"),
    path(f"{_ONE}everything/<slug:dimension>/", everything.everything, name="everything"),
    path("open/<str:token>/", open_link.open_assessment, name="open"),
    path(f"{_ONE}workbook/", workbook.workbook, name="workbook"),
    path(f"{_ONE}workbook/answers.xlsx", workbook.workbook_file, name="workbook-file"),
    path(f"{_ONE}claim/", claim.claim, name="claim"),
    path(f"{_ONE}link/", secret_link.link, name="link"),
    path(f"{_ONE}link/new/", secret_link.renew, name="renew"),
    path(f"{_ONE}link/mail/", secret_link.mail, name="mail"),
    path(f"{_ONE}forget/", secret_link.forget, name="forget"),
]
