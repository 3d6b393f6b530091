"""Plumbline's product: everything that is true about a campaign, without a screen."""
