"""Every service, for every role, on one's own and on another campaign: denied unless allowed.

All public functions of core that take a store are found by looking; a new one is tested
without being listed: it must refuse nobody's request, and a reader must not get past it
unless its name says that it reads.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Mapping
from datetime import date

import pytest

import core
from core.access import NOBODY, RIGHTS, Action, Principal, Role
from core.errors import PlumblineError
from core.scope import Scope
from core.store.engine import Store
from tests.access.world import CANARY, fill

READS = (
    "list_", "get_", "find_", "count_", "build_", "preview_", "check_", "suggest_", "may_", "trace", "order_summary",
    "next_steps", "campaign_", "export_requests", "unknown_codes", "found_handles", "batch_detail", "link_report",
    "read_", "gather", "codes_", "look_", "live_", "goal_help", "own_history", "export_alarms", "view_", "population_for", "estimates_for", "is_", "prepare",
    "estimate_", "compare_", "plan_", "measure_", "forecast", "benchmark", "scorecard",
)  # fmt: skip
# They work out who asks, keep house at start-up, or serve others here that asked for the right before.
SYSTEM = {
    "principal_of", "note_sign_in", "note_refusal", "open_token", "open_slug", "find_link", "count_visits", "close_orphans",
    "install_key", "key_path", "place_of", "tell", "standing_of_file", "how_it_ended",
}  # fmt: skip
# They answer everybody, and each with what they may see only: nothing at all for nobody.
FILTERED = {
    "list_campaigns",
    "list_learnings",
    "list_brands",
    "find_campaign",
    "next_steps",
    "may_set_logo",
    "get_cutoffs",
    "live_campaigns",
    "may_plan",
}
FOLDERS = ("core.store", "core.rollups", "core.sample")  # below the services, and made-up data


def services():
    """Return name -> function, for all public functions that take a store first."""
    found = {}
    for module in pkgutil.walk_packages(core.__path__, "core."):
        if module.name.startswith(FOLDERS) and module.name != "core.store.backup":
            continue
        for name, function in vars(importlib.import_module(module.name)).items():
            if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != module.name:
                continue
            first = next(iter(inspect.signature(function).parameters.values()), None)
            is_service = first is not None and first.annotation in ("Store", Store)
            if is_service and "connection" not in inspect.signature(function).parameters:
                found[f"{module.name}.{name}"] = function
    return found


SERVICES = services()
TESTED = {name: one for name, one in SERVICES.items() if name.rpartition(".")[2] not in SYSTEM}


class Anything:
    """Something that belongs to a campaign, whatever else is asked of it."""

    def __init__(self, campaign_id):
        self.campaign_id = campaign_id

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return 1


def arguments(function, campaign_id):  # noqa: PLR0912  (one line a type)
    """Return something for each argument that has no default: ids of what there is, else empty."""
    given = {}
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        written = str(parameter.annotation)
        if name == "campaign_id":
            given[name] = campaign_id
        elif "Scope" in written:
            given[name] = Scope(campaign_id=campaign_id)
        elif parameter.default is not inspect.Parameter.empty:
            continue
        elif name in ("now", "at"):
            given[name] = 1_800_000_000
        elif written.startswith("date") or name == "today":
            given[name] = date(2026, 4, 1)
        elif written.startswith("int"):
            given[name] = 1
        elif written.startswith("bool"):
            given[name] = False
        elif written.startswith("str"):
            given[name] = "x"
        elif "Mapping" in written or written.startswith("Row"):
            given[name] = {}
        elif "bytes" in written:
            given[name] = b""
        elif re.match("(Sequence|Iterable|Collection|tuple|frozenset)", written):
            given[name] = ()
        else:
            given[name] = Anything(campaign_id)
    return given


def outcome(store, principal, function, campaign_id):
    """Return `refused`, or what came of it: the answer or the name of another problem."""
    try:
        return function(store.acting_as(principal), **arguments(function, campaign_id))
    except PlumblineError as problem:
        return "refused" if problem.issue.code == "not-allowed" else problem.issue.code
    except Exception as problem:  # noqa: BLE001  (past the right, made-up arguments may fail in any way)
        return type(problem).__name__


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    from core.store.engine import open_store

    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('rights')}/plumbline.db")
    fill(store)
    yield store
    store.close()


def test_the_services_are_found():
    names = {name.rpartition(".")[2] for name in SERVICES}
    assert {
        "build_funnel",
        "undo",
        "edit_campaign",
        "create_link",
        "list_record",
        "backup",
        "list_batches",
    } <= names
    assert len(SERVICES) > 80


@pytest.mark.parametrize("name", sorted(TESTED))
def test_nobody_gets_nothing_from_any_service(world, name):
    found = outcome(world, NOBODY, TESTED[name], 1)
    if name.rpartition(".")[2] in FILTERED:
        assert CANARY not in str(found)
        assert "Spring" not in str(found)
    else:
        assert isinstance(found, str)
        assert found == "refused"


@pytest.mark.parametrize("name", sorted(TESTED))
def test_whoever_may_see_one_campaign_gets_nothing_of_another(world, name):
    asker = Principal(name="v", role=Role.EDITOR, campaign_ids=frozenset({1}))
    found = outcome(world, asker, TESTED[name], 2)
    if name.rpartition(".")[2] in FILTERED:
        assert CANARY not in str(found)
    elif (
        "campaign_id" in inspect.signature(TESTED[name]).parameters
        or "scope" in inspect.signature(TESTED[name]).parameters
    ):
        assert isinstance(found, str)
        assert found == "refused"
    else:
        assert CANARY not in str(found)


@pytest.mark.parametrize("name", sorted(TESTED))
def test_a_reader_changes_nothing(world, name):
    short = name.rpartition(".")[2]
    before = world.revision()
    found = outcome(world, Principal(name="v", role=Role.VIEWER), TESTED[name], 1)
    assert world.revision() == before
    if not short.startswith(READS):
        assert isinstance(found, str)
        assert found == "refused", f"{name} lets a reader in; if it only reads, add its name to READS"


# service -> what it asks for, and whether of the campaign or of the whole workspace
TABLE: Mapping[str, tuple[Action, bool]] = {
    "core.campaigns.plans.get_campaign": (Action.READ, True),
    "core.campaigns.plans.edit_campaign": (Action.PLAN, True),
    "core.campaigns.plans.delete_campaign": (Action.PLAN, True),
    "core.campaigns.plans.create_campaign": (Action.PLAN, False),
    "core.campaigns.plans.create_brand": (Action.PLAN, False),
    "core.campaigns.notes.add_note": (Action.DECIDE, True),
    "core.campaigns.notes.list_notes": (Action.READ, True),
    "core.campaigns.notes.state_rate": (Action.PLAN, False),
    "core.campaigns.collaborations.apply_collaboration_edits": (Action.PLAN, True),
    "core.campaigns.membership.choose_videos": (Action.PLAN, True),
    "core.creators.roster.create_creator": (Action.PLAN, False),
    "core.creators.merging.merge_creators": (Action.PLAN, False),
    "core.creators.tiers.set_cutoffs": (Action.PLAN, False),
    "core.tracking.codes.add_code": (Action.PLAN, True),
    "core.tracking.links.remove_link": (Action.PLAN, True),
    "core.tracking.unknown.unknown_codes": (Action.READ, False),
    "core.funnel.build.build_funnel": (Action.READ, True),
    "core.tracing.trace": (Action.READ, True),
    "core.orders.order_summary": (Action.READ, True),
    "core.people.list_people": (Action.READ, True),
    "core.imports.history.list_batches": (Action.READ, False),
    "core.imports.history.batch_detail": (Action.READ, False),
    "core.imports.history.rejected_rows_csv": (Action.IMPORT, False),
    "core.imports.history.undo": (Action.IMPORT, False),
    "core.imports.job_records.job": (Action.IMPORT, False),
    "core.imports.job_records.list_jobs": (Action.IMPORT, False),
    "core.imports.jobs.start_commit": (Action.IMPORT, False),
    "core.imports.jobs.cancel": (Action.IMPORT, False),
    "core.sharing.links.create_link": (Action.SHARE, True),
    "core.sharing.links.list_links": (Action.SHARE, True),
    "core.sharing.links.who_can_see": (Action.SHARE, True),
    "core.sharing.logos.get_logo": (Action.READ, True),
    "core.sharing.showing.link_report": (Action.READ, True),
    "core.team.members.list_members": (Action.ADMINISTER, False),
    "core.team.members.add_member": (Action.ADMINISTER, False),
    "core.team.members.remove_member": (Action.ADMINISTER, False),
    "core.team.record.list_record": (Action.ADMINISTER, False),
    "core.team.record.record_csv": (Action.ADMINISTER, False),
    "core.store.backup.backup": (Action.ADMINISTER, False),
}
OWN, OTHER, ALL = frozenset({1}), frozenset({2}), None


@pytest.mark.parametrize("name", TABLE)
def test_every_role_on_its_own_and_on_another_campaign(world, name):
    """The campaign asked for is the first; it does not exist for whoever holds the second."""
    action, of_campaign = TABLE[name]
    function = SERVICES[name]
    for role in Role:
        for reach in (OWN, OTHER, ALL):
            is_allowed = action in RIGHTS[role] and (reach is ALL or (of_campaign and 1 in reach))
            if is_allowed and action is not Action.READ and not of_campaign:
                continue  # it would be done; that it is denied to the others is what counts here
            asker = Principal(name="p", role=role, campaign_ids=reach)
            if is_allowed and action in (Action.PLAN, Action.DECIDE, Action.SHARE):
                found = outcome(world, asker, function, 1) if "delete" not in name else "kept"
            else:
                found = outcome(world, asker, function, 1)
            was_refused = isinstance(found, str) and found == "refused"
            assert was_refused is not is_allowed, (role, reach, found)


def test_more_rights_on_one_campaign_do_not_spread(world):
    asker = Principal(
        name="p", role=Role.VIEWER, campaign_ids=frozenset({1, 2}), more=frozenset({(1, Role.EDITOR)})
    )
    edit = SERVICES["core.campaigns.notes.add_note"]
    assert outcome(world, asker, edit, 1) != "refused"
    assert outcome(world, asker, edit, 2) == "refused"
    assert outcome(world, asker, SERVICES["core.imports.history.undo"], 1) == "refused"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("core.tracking.codes.remove_code", {"code_id": 1}),
        ("core.tracking.links.remove_link", {"link_id": 1}),
        ("core.tracking.links.set_short_url", {"link_id": 1, "short_url": "https://a.example"}),
        ("core.campaigns.membership.remove_rule", {"rule_id": 2}),
        ("core.campaigns.collaborations.remove_collaboration", {"collaboration_id": 3, "version": 1}),
    ],
)
def test_a_thing_of_another_campaign_cannot_be_reached_through_ones_own(world, name, values):
    """The ids are those of things of campaign 2; asked for through campaign 1 they are not there."""
    asker = world.acting_as(Principal(name="e", role=Role.EDITOR, campaign_ids=frozenset({1})))
    before = world.revision()
    with pytest.raises(PlumblineError) as caught:
        SERVICES[name](asker, 1, **values)
    assert caught.value.issue.code in ("not-found", "not-allowed")
    assert world.revision() == before
