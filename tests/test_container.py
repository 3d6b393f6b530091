"""The container's files fit the app: what they copy, whom they run as, which settings they pass on."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
# Set by the image, for demonstrations only, or a name that is built from parts.
NOT_PASSED_ON = {"PLUMBLINE_DATA", "PLUMBLINE_SERVE_WITHOUT_SIGN_IN", "PLUMBLINE_MAX_"}


def steps() -> list[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1].strip()) for line in lines]


def said(kind: str) -> list[str]:
    return [rest for step, rest in steps() if step == kind]


def services() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "compose.yaml").read_text())["services"])


def settings_read() -> set[str]:
    sources = [path for folder in ("core", "pages") for path in (ROOT / folder).rglob("*.py")]
    found = re.findall(r'"(PLUMBLINE_[A-Z_]+|DATABASE_URL)[="{]', "\n".join(p.read_text() for p in sources))
    return set(found)


def test_requirements_are_installed_before_the_app_is_copied() -> None:
    order = [rest for _, rest in steps()]
    install = next(
        i for i, rest in enumerate(order) if "pip install" in rest and "-r requirements.txt" in rest
    )
    assert order.index("requirements.txt ./") < install < order.index("core ./core")


def test_the_app_does_not_run_as_root() -> None:
    kinds = [step for step, _ in steps()]
    assert said("USER") == ["plumbline"]
    assert kinds.index("USER") < kinds.index("CMD")


def test_everything_the_app_needs_is_copied_and_let_through() -> None:
    needed = {".streamlit", "streamlit_app.py", "requirements.txt"}
    needed |= {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert {shlex.split(rest)[0] for rest in said("COPY")} == needed
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert needed == {line[1:] for line in ignored if line.startswith("!")}
    assert ".streamlit/secrets.toml" in ignored


def test_the_health_check_asks_the_port_that_is_served() -> None:
    command = json.loads(said("CMD")[0])
    port = command[command.index("--server.port") + 1]
    [check] = said("HEALTHCHECK")
    words = json.loads(check.split("CMD ", 1)[1])
    assert "/healthz" in words[-1]
    assert f"'127.0.0.1', {port}" in words[-1]
    compile(words[-1], "health check", "exec")
    assert said("EXPOSE") == [port]


def test_compose_passes_on_every_setting_that_the_app_reads() -> None:
    read = settings_read()
    assert {"DATABASE_URL", "PLUMBLINE_KEY", "PLUMBLINE_ADMIN", "PLUMBLINE_USER_HEADER"} <= read
    assert read - NOT_PASSED_ON <= set(services()["app"]["environment"])


def test_compose_opens_no_port_to_the_network_and_waits_for_the_database() -> None:
    app = services()["app"]
    assert all(port.startswith("127.0.0.1:") for port in app["ports"])
    assert app["depends_on"]["database"]["condition"] == "service_healthy"
    assert "ports" not in services()["database"]
    assert app["environment"]["STREAMLIT_SERVER_ALLOWED_HOSTS"].endswith(" 127.0.0.1")


def test_the_example_names_every_setting_that_compose_insists_on() -> None:
    example = (ROOT / "compose.env.example").read_text()
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "compose.yaml").read_text()))
    assert asked
    assert asked <= set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
