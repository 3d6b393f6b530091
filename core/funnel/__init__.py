"""The five-stage funnel of a campaign, and of each collaboration in it."""

from core.funnel.build import build_funnel
from core.funnel.collaboration import build_collaboration_funnel

__all__ = ["build_collaboration_funnel", "build_funnel"]
