"""Shared links as plain web pages: no session, no script, one campaign's report and nothing else.

`/s/<token>` trades the token for a pass in a cookie and leads on, so that the token stays
in nobody's address bar; `/shared/<name>` shows the report to whoever holds the pass. The
link is looked up on every request, so that revoking and expiry work at the next click, and
only then is looked for a page that was made before. Readers who click at the same moment
share one look at the store, begun after the last of them clicked, and one making of a page.
"""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

import anyio
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from core.access import NOBODY
from core.errors import PlumblineError
from core.reports import RENDERERS, Kind, Report
from core.sharing import (
    PASS_SECONDS,
    Look,
    Memory,
    OpenLink,
    Shelf,
    VisitBook,
    find_link,
    fits,
    open_token,
    read_memory,
    read_pass,
    remember,
    report_of,
    seen_figures,
    since_words,
    write_memory,
    write_pass,
)
from core.units import local_day
from pages.ui.peers import is_encrypted, visitor_of
from pages.ui.shared_pages import (
    Page,
    Ready,
    ask_password,
    draw_report,
    make_ready,
    say_too_many,
    say_unavailable,
)
from pages.ui.together import Together
from pages.ui.tries import MOST_FAILURES, Tries
from pages.ui.workspace import workspace_store

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from starlette.requests import Request

    from core.sharing import SeenFigure
    from core.store.engine import Store

LOG = logging.getLogger("plumbline")
COOKIE = "plumbline_shared"
SEEN_COOKIE = "plumbline_seen"
_MOST_FORM = 4_096  # bytes of a posted password
_MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
BY_ADDRESS = Tries()
BY_LINK = Tries(most=5 * MOST_FAILURES)  # guesses at one password from many addresses
# What was made is kept under the link, its end, and what its figures depend on; see `_stand`.
_REPORTS: Shelf[Report] = Shelf(64)
_SEEN: Shelf[Mapping[str, SeenFigure]] = Shelf(64)
_PAGES: Shelf[Page] = Shelf(128)
_READY: Shelf[Ready] = Shelf(256)
_FILES: Shelf[bytes] = Shelf(24)
VISITS = VisitBook()
_LOOKS: Together[OpenLink | None] = Together("shared-look", threads=4)
_MAKING_REPORTS: Together[Report] = Together("shared-report", threads=2)
_MAKING: Together[Ready | None] = Together("shared-page", threads=2)
_HEADERS = {
    "cache-control": "private, no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


async def answer_token(request: Request) -> Response:
    """Trade the token of a link for a pass, after its password where it has one."""
    typed = await _typed_password(request) if request.method == "POST" else None
    work = partial(_trade, request, str(request.path_params.get("token", "")), typed)
    return await anyio.to_thread.run_sync(work)


async def answer_shared(request: Request) -> Response:
    """Show the report of a link, one section of it, or hand it out as a file."""
    slug, *parts = str(request.path_params.get("rest", "")).split("/")
    opened = await _LOOKS.afresh(slug, partial(_look, slug))
    now = _now()
    is_new = None if opened is None else read_pass(opened, request.cookies.get(COOKIE, ""), now=now)
    if opened is None or is_new is None:
        return unavailable()
    try:
        answer = await _answer_part(request, _Visit(opened, is_new, now), parts)
    except PlumblineError as problem:
        LOG.warning("shared link %s: %s", opened.link.link_id, problem.issue.code)
        return unavailable()
    if is_new and answer.status_code == 200:
        _hand_pass(request, answer, opened, is_new=False)
        VISITS.add(opened.store, opened.link.link_id, now=now)
    return answer


def _look(slug: str) -> OpenLink | None:
    return find_link(workspace_store().acting_as(NOBODY), slug, now=_now())


def _trade(request: Request, token: str, typed: str | None) -> Response:
    visitor = visitor_of(request.scope)
    if BY_ADDRESS.is_stopped(visitor):
        return _page(say_too_many(), status=429)
    store = workspace_store().acting_as(NOBODY)
    opened = open_token(store, token, now=_now())
    if opened is None:
        _failed(store, visitor)
        return unavailable()
    if opened.password and typed is None:
        return _page(ask_password(opened.link, is_wrong=False))
    if opened.password and not _is_right(store, opened, typed or "", visitor):
        return _page(ask_password(opened.link, is_wrong=True), status=403)
    answer = RedirectResponse(f"/shared/{opened.link.slug}", status_code=303, headers=_HEADERS)
    _hand_pass(request, answer, opened, is_new=True)
    return answer


def _is_right(store: Store, opened: OpenLink, typed: str, visitor: str) -> bool:
    """Return whether a password opens the link, unless it was guessed at too often."""
    link = f"link {opened.link.link_id}"
    if not BY_LINK.is_stopped(link) and fits(opened, typed):
        return True
    _failed(store, visitor)
    if BY_LINK.failed(link):
        store.note("shared link refused", "too many wrong passwords", {"link": opened.link.link_id})
    return False


def _failed(store: Store, visitor: str) -> None:
    if BY_ADDRESS.failed(visitor):
        store.note("shared link refused", "too many tries from one address")


class _Visit(NamedTuple):
    """Somebody who may read a link, at a moment; new where their pass was not used yet."""

    opened: OpenLink
    is_new: bool
    now: int


async def _answer_part(request: Request, visit: _Visit, parts: list[str]) -> Response:
    match parts:
        case [] | [""]:
            return await _answer_page(request, visit, "")
        case ["download", ending] if visit.opened.link.allow_downloads and ending in RENDERERS:
            return await anyio.to_thread.run_sync(_answer_file, visit.opened, ending, visit.now)
        case [section]:
            return await _answer_page(request, visit, section)
        case _:
            return unavailable()


async def _answer_page(request: Request, visit: _Visit, section: str) -> Response:
    stand = _stand(visit.opened, visit.now)
    report = _REPORTS.find(stand)
    if report is None:
        report = await _MAKING_REPORTS.once(stand, partial(_report, visit.opened, visit.now))
    memory, words = _memory(request, visit, report)
    key = (*stand, section, words)
    ready = _READY.find(key)
    if ready is None:
        ready = await _MAKING.once(key, partial(_make_page, visit, report, section, words))
    if ready is None:
        return unavailable()
    headers = _HEADERS | {"content-security-policy": ready.policy, "vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        answer = HTMLResponse(ready.packed, headers=headers | {"content-encoding": "gzip"})
    else:
        answer = HTMLResponse(ready.body, headers=headers)
    if memory is not None:
        _hand_memory(request, answer, visit, memory)
    return answer


def _memory(request: Request, visit: _Visit, report: Report) -> tuple[Memory | None, str]:
    """Return what the reader's browser is to keep, None for no change, and what changed in words.

    Only a live link has something to say; a frozen one never changes.
    """
    opened = visit.opened
    if opened.frozen:
        return None, ""
    kept = read_memory(opened, request.cookies.get(SEEN_COOKIE, ""))
    figures = _SEEN.get(_stand(opened, visit.now), lambda: seen_figures(opened, report))
    memory = remember(kept, Look(at=visit.now, figures=figures), is_new=visit.is_new)
    words = since_words(opened, report, memory, now=visit.now)
    return (None if memory == kept else memory), words


def _make_page(visit: _Visit, report: Report, section: str, words: str) -> Ready | None:
    """Return a page of a link, kept for whoever reads the same; None where there is no such section."""
    link = visit.opened.link
    if section and report.section(section) is None:
        return None
    first = report.sections[0].key if report.sections else ""
    has_pages = report.kind is Kind.FULL and len(report.sections) > 1
    shown = (section or first) if has_pages else section
    key = (*_stand(visit.opened, visit.now), section)
    page = _PAGES.get(key, lambda: draw_report(link, report, shown, has_pages=has_pages))
    return _READY.get((*key, words), lambda: make_ready(page, words))


def _answer_file(opened: OpenLink, ending: str, now: int) -> Response:
    report = _report(opened, now)

    def make() -> bytes:
        opened.store.note(
            "report downloaded", opened.link.name, {"link": opened.link.link_id, "format": ending}
        )
        return RENDERERS[ending](report)

    body = _FILES.get((*_stand(opened, now), ending), make)
    name = f"plumbline-{opened.link.slug}.{ending}"
    headers = {"content-disposition": f'attachment; filename="{name}"', "content-security-policy": "sandbox"}
    kind = _MEDIA_TYPES.get(ending, "application/octet-stream")
    return Response(body, media_type=kind, headers=_HEADERS | headers)


def _report(opened: OpenLink, now: int) -> Report:
    """Return the report of a link, made once while the figures stand still."""
    return _REPORTS.get(_stand(opened, now), lambda: report_of(opened, now=now))


def _stand(opened: OpenLink, now: int) -> tuple[Hashable, ...]:
    """Return what a link's report follows from: the link as it is, and the figures or the moment of freezing.

    Nothing else of a link can change; a figure follows from the data revision and the day.
    """
    link = opened.link
    figures = (link.frozen_at,) if opened.frozen else (opened.revision, local_day(now, opened.zone))
    return (str(opened.store.home.address), link.link_id, link.expires_at, opened.seal, *figures)


def _hand_pass(request: Request, answer: Response, opened: OpenLink, *, is_new: bool) -> None:
    written = write_pass(opened, is_new=is_new, now=_now())
    _set_cookie(request, answer, opened, (COOKIE, written), PASS_SECONDS)


def _hand_memory(request: Request, answer: Response, visit: _Visit, memory: Memory) -> None:
    """Let the reader's browser keep what was seen, until the link ends; nothing of it is kept here."""
    left = int(visit.opened.link.expires_at.timestamp()) - visit.now
    _set_cookie(request, answer, visit.opened, (SEEN_COOKIE, write_memory(visit.opened, memory)), left)


def _set_cookie(
    request: Request, answer: Response, opened: OpenLink, cookie: tuple[str, str], seconds: int
) -> None:
    answer.set_cookie(
        *cookie,
        max_age=seconds,
        path=f"/shared/{opened.link.slug}",
        httponly=True,
        samesite="lax",
        secure=is_encrypted(request.scope),
    )


async def _typed_password(request: Request) -> str:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_FORM:
            return ""
    fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=4)
    return fields.get("password", [""])[0]


def unavailable() -> Response:
    """Return the one answer to whatever does not open, whyever it does not."""
    return _page(say_unavailable(), status=404)


def _page(page: Page, *, status: int = 200) -> Response:
    headers = _HEADERS | {"content-security-policy": page.policy}
    return HTMLResponse(page.body, status_code=status, headers=headers)


def _now() -> int:
    return int(time.time())


SHARED_ROUTES = [
    Route("/s", answer_token, methods=["GET", "POST"]),
    Route("/s/{token:path}", answer_token, methods=["GET", "POST"]),
    Route("/shared", answer_shared),
    Route("/shared/{rest:path}", answer_shared),
]
