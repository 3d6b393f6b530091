"""Started without the front door, Plumbline answers nobody who comes from elsewhere."""

import pytest

from pages.ui.identity import comes_from_elsewhere


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "plumbline.example.com"},
        {"host": "10.0.0.7:8501"},
        {"Host": "localhost.evil.example"},
        {"Host": "[2001:db8::1]:8501"},
        {"Host": "localhost:8501", "X-Forwarded-For": "203.0.113.9"},
        {"Host": "127.0.0.1:8501", "Via": "1.1 proxy"},
        {"Host": "localhost", "Forwarded": "for=203.0.113.9"},
    ],
    ids=str,
)
def test_whoever_comes_from_elsewhere_is_told_apart(headers):
    assert comes_from_elsewhere(headers)


@pytest.mark.parametrize(
    "headers",
    [{"Host": "localhost:8501"}, {"Host": "127.0.0.1"}, {"host": "[::1]:8501"}, {"Host": "LOCALHOST:1"}],
    ids=str,
)
def test_this_computer_is_let_in(headers):
    assert not comes_from_elsewhere(headers)
