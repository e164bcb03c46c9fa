"""The page that brings a result in: for whom, what it says, and that nothing is half done."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.models import Assessment
from maturity.workspaces.models import Organisation
from tests.assessments.closed import closed, make_house
from tests.reports.importing.test_importing import NAME, data_of, full
from tests.workshops.held import hold, words_in


@pytest.fixture
def house(version):
    return make_house(version, NAME)


def send(client, house, data: bytes, **more):
    file = SimpleUploadedFile("data.json", data, content_type="application/json")
    return client.post(house.url("bring-in/"), {"file": file} | more, follow=True)


@pytest.mark.django_db
class TestPage:
    @pytest.mark.parametrize("who", ["owner", "consultant", "lead"])
    def test_those_who_may_start_one_bring_it_in(self, house, who):
        data = data_of(closed(house, date(2026, 3, 3)).assessment)
        client = house.client(who)
        assert "Bring in a result from a file" in words_in(client.get(house.url("history/")))

        response = send(client, house, data)

        assert "This was brought in from the file" in words_in(response)
        assert response.redirect_chain[0][0].endswith("/results/1/")
        assert Assessment.objects.count() == 2

    def test_open_one_is_shown_as_it_stands(self, house):
        assessment = full(house)
        hold(assessment).end()

        response = send(house.client("lead"), house, data_of(assessment))

        assert "Workshop of 20 November 2026, with 7 people" in words_in(response)
        assert response.redirect_chain[0][0].endswith("/result/")

    @pytest.mark.parametrize("who", ["contributor", "viewer"])
    def test_others_may_not(self, house, who):
        client = house.client(who)

        assert client.get(house.url("bring-in/")).status_code == 403
        assert send(client, house, b"{}").status_code == 403
        assert "Bring in" not in words_in(client.get(house.url("history/")))

    def test_stranger_finds_nothing(self, house):
        assert house.client("stranger").get(house.url("bring-in/")).status_code == 404

    def test_problems_are_named_and_nothing_is_made(self, house):
        data = json.loads(data_of(full(house)))
        data["purpose"] = 5
        data["answers"]["respondents"][0]["ratings"]["<b>"] = 9

        response = send(house.client("lead"), house, json.dumps(data).encode())

        words = words_in(response)
        assert response.status_code == 422
        assert "Nothing was brought in. These places of the file are not right:" in words
        assert "purpose must be a text, is a number" in words
        assert 'answers.respondents[0].ratings["<b>"] is no descriptor' in words
        assert Assessment.objects.count() == 1

    def test_many_problems_are_counted(self, house):
        data = json.loads(data_of(full(house)))
        data["answers"]["respondents"][0]["ratings"] = {f"x{n}": 1 for n in range(150)}

        words = words_in(send(house.client("lead"), house, json.dumps(data).encode()))

        assert "and 50 more" in words

    def test_no_file_and_an_empty_one_are_said(self, house):
        client = house.client("lead")

        none = client.post(house.url("bring-in/"), {})
        empty = send(client, house, b"")

        assert (none.status_code, empty.status_code) == (422, 422)
        assert "Please choose the file of data." in words_in(none)
        assert "This file is empty." in words_in(empty)

    def test_other_name_is_taken_when_it_is_meant(self, house):
        data = data_of(full(house))
        Organisation.objects.filter(pk=house.organisation.pk).update(name="Renamed")
        client = house.client("lead")

        assert send(client, house, data).status_code == 422
        assert send(client, house, data, any_name="on").status_code == 200
        assert Assessment.objects.count() == 2
