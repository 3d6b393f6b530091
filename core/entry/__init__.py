"""What people type or paste, read into values; no database and no screen."""
