"""Pages run as a browser would ask for them, on a store of the test's own."""

from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

MAIN = str(Path(__file__).resolve().parents[2] / "pages" / "main.py")


def open_page(name="home.py", **query):
    """Return a page after its first run, with nothing kept from another test."""
    st.cache_resource.clear()
    st.cache_data.clear()
    app = AppTest.from_file(MAIN, default_timeout=30)
    for field, value in query.items():
        app.query_params[field] = value
    app.run()
    if name != "home.py":
        app.switch_page(name)
        for field, value in query.items():
            app.query_params[field] = value
        app.run()
    assert not app.exception, [problem.value for problem in app.exception]
    return app


def words_of(app):
    """Return every text on the page."""
    kinds = ("title", "subheader", "markdown", "caption", "warning", "error", "info", "success", "toast")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(app, kind))


def button(app, label):
    """Return the button that begins with a label, of a form or not."""
    return next(each for each in app.button if str(each.label).startswith(label))


def press(app, label):
    """Press a button and return the page after it."""
    button(app, label).click().run()
    assert not app.exception, [problem.value for problem in app.exception]
    return app
