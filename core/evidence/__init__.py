"""The totals of a campaign and where they come from: what funnel and tracing both stand on."""
