"""The whole way a program goes, as the README writes it."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.api.calling import secret_of

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = README.split("\n## The API\n")[1].split("```sh\n")[1].split("```")[0]


@pytest.mark.django_db(transaction=True)
def test_the_way_in_the_readme_leads_to_a_report(
    live_server: Any, workspace: Any, owner: Any, version: Any, tmp_path: Path
) -> None:
    """Run the README's example as a shell does, against a server, word for word."""
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
