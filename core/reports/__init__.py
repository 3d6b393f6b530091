"""Reports that leadership opens without an account: one object, drawn in every format."""

from core.reports.build import KINDS, KindOfReport, build_report
from core.reports.exporting import export_report, file_name, with_brand
from core.reports.frozen import from_json, to_json
from core.reports.html import content_policy, render_html
from core.reports.logo import checked_logo
from core.reports.model import Audience, Kind, Report
from core.reports.renderers import RENDERERS
from core.reports.text import chat_text

__all__ = [
    "KINDS",
    "RENDERERS",
    "Audience",
    "Kind",
    "KindOfReport",
    "Report",
    "build_report",
    "chat_text",
    "checked_logo",
    "content_policy",
    "export_report",
    "file_name",
    "from_json",
    "render_html",
    "to_json",
    "with_brand",
]
