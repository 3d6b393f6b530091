"""Widgets, caches, session and query state: the only code that knows Streamlit and core."""
