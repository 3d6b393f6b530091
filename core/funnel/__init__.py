"""The five-stage funnel of a campaign, and of each collaboration in it."""

from core.funnel.build import build_funnel
from core.funnel.collaboration import build_collaboration_funnel
from core.funnel.model import CollaborationFunnel, Funnel

__all__ = ["CollaborationFunnel", "Funnel", "build_collaboration_funnel", "build_funnel"]
