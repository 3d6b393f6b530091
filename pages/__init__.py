"""The screens: one short script per page, and `ui`, which they share."""
