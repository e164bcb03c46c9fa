"""The whole way a program goes, as the documentation writes it."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.api.calling import secret_of

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
EXAMPLE = PAGE.split("```sh\n")[1].split("```")[0]


@pytest.mark.django_db(transaction=True)
def test_the_example_of_the_documentation_leads_to_a_report(
    live_server: Any, workspace: Any, owner: Any, version: Any, tmp_path: Path
) -> None:
    """Run the documentation's example as a shell does, against a server, word for word."""
    script = EXAMPLE.replace("https://waymark.example.org", live_server.url)
    script = re.sub(r"WAYMARK_TOKEN=\S+", f"WAYMARK_TOKEN={secret_of(workspace, owner)}", script)

    done = subprocess.run(
        ["sh", "-eu", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 0, done.stderr
    assert '"format": "waymark-placement/1"' in done.stdout
    assert '"stage": 2' in done.stdout
    (file,) = tmp_path.glob("*.pptx")
    assert file.read_bytes().startswith(b"PK")
