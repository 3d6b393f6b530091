"""Which Plumbline this is. The number stands in pyproject.toml too; a test keeps the two the same."""

VERSION = "0.1.0"
