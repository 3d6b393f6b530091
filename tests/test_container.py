"""The container is built from what the app needs, runs without rights, and says whether it is well."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()


def test_everything_the_app_needs_is_copied():
    copied = re.findall(r"^COPY (\S+) ", DOCKERFILE, flags=re.MULTILINE)
    assert {"requirements.txt", "streamlit_app.py", ".streamlit", "core", "pages"} <= set(copied)
    assert all((ROOT / name).exists() for name in copied)


def test_nothing_secret_and_nothing_large_is_sent_to_the_builder():
    left_out = set((ROOT / ".dockerignore").read_text().split())
    assert {".streamlit/secrets.toml", "compose.env", "data", ".venv", ".git"} <= left_out


def test_it_runs_as_a_user_without_rights_and_not_in_the_root_folder():
    assert re.search(r"^USER plumbline$", DOCKERFILE, flags=re.MULTILINE)
    assert DOCKERFILE.index("USER plumbline") > DOCKERFILE.index("pip install")
    assert "WORKDIR /app" in DOCKERFILE


def test_what_is_compiled_beforehand_compiles():
    done = subprocess.run(
        [sys.executable, "-m", "compileall", "-q", "-f", "streamlit_app.py"], cwd=ROOT, check=False
    )
    assert done.returncode == 0


def test_the_settings_in_the_example_are_settings_that_the_app_reads():
    stated = set(
        re.findall(r"^#?(PLUMBLINE_[A-Z_]+)=", (ROOT / "compose.env.example").read_text(), flags=re.MULTILINE)
    )
    read = set()
    for folder in ("core", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            read |= set(re.findall(r"PLUMBLINE_[A-Z_]+", path.read_text()))
    assert stated
    assert stated <= read


def test_the_names_it_answers_to_can_be_stated_as_compose_states_them():
    name = re.search(r"(STREAMLIT_[A-Z_]+):", COMPOSE)[1]
    shown = subprocess.run(
        [sys.executable, "-m", "streamlit", "config", "show"],
        cwd=ROOT, env=os.environ | {name: "plumbline.example.com localhost 127.0.0.1"},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert re.search(r'allowedHosts = \[\s*"plumbline\.example\.com",\s*"localhost"', shown)


@pytest.mark.parametrize("setting", ["POSTGRES_PASSWORD", "PLUMBLINE_HOST"])
def test_compose_refuses_to_start_without_what_must_be_stated(setting):
    assert f"${{{setting}:?" in COMPOSE


def test_the_health_check_fails_where_nothing_answers():
    command = re.search(r'"(import urllib[^"]+)"', DOCKERFILE)[1].replace("8501", "9")
    done = subprocess.run([sys.executable, "-c", command], check=False, capture_output=True)
    assert done.returncode != 0
