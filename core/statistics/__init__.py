"""The statistics: numbers in, numbers out; usable without the app."""
