"""Reports that leadership opens without an account: one object, drawn in every format."""

from core.reports.build import KINDS, KindOfReport, build_report
from core.reports.frozen import from_json, to_json
from core.reports.html import content_policy, render_html
from core.reports.logo import checked_logo
from core.reports.model import Audience, Kind, Report
from core.reports.renderers import RENDERERS

__all__ = [
    "KINDS",
    "RENDERERS",
    "Audience",
    "Kind",
    "KindOfReport",
    "Report",
    "build_report",
    "checked_logo",
    "content_policy",
    "from_json",
    "render_html",
    "to_json",
]
