"""Which tables of a file belong together: one material per kind of export found in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.imports.mapper import matched
from core.imports.portions import Material, Portion, rows_of
from core.imports.profiles import Profile, fingerprint, saved_profiles
from core.imports.recognise import match_headers, recognise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.imports.model import ExportFormat, FileText, SheetTable
    from core.imports.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """What a file gives.

    Attributes:
        materials: one per kind of export that was recognised or mapped before.
        unknown: the largest table of a file of which nothing is known, for the mapper.
    """

    materials: tuple[Material, ...] = ()
    unknown: Material | None = None


def materials_of(world: Surroundings, text: FileText, formats: Sequence[ExportFormat]) -> Materials:
    """Return what the tables of a file are; tables without rows are passed over."""
    tables = [table for table in text.tables if rows_of(table)]
    known = [one for one in formats if not one.is_mapped]
    with world.store.reading() as connection:
        profiles = saved_profiles(connection)
    portions, unread, used = _sorted_out(tables, known, formats, profiles)
    base = Material(text=text, formats=tuple(formats), surroundings=world)
    if not portions:
        offered = [table for table in unread if sum(bool(cell.strip()) for cell in table.header) > 1]
        if not offered:
            return Materials()
        chosen = max(offered, key=rows_of)
        rest = tuple(table for table in unread if table is not chosen)
        return Materials(
            unknown=replace(base, unread=(chosen, *rest), fingerprint=fingerprint(chosen.header))
        )
    kinds: dict[str, list[Portion]] = {}
    for portion in portions:
        kinds.setdefault(portion.format.name, []).append(portion)
    kinds = {name: _apart(some) for name, some in kinds.items()}
    return Materials(
        materials=tuple(
            replace(
                base,
                portions=tuple(some),
                unread=tuple(unread) if position == 0 else (),
                parts=tuple(kinds),
                fingerprint=fingerprint(some[0].table.header),
                mapping=used.get(name),
            )
            for position, (name, some) in enumerate(kinds.items())
        )
    )


def _apart(portions: list[Portion]) -> list[Portion]:
    """Return the tables of one kind of export, each with the columns that no other of them repeats."""
    if len(portions) < 2:
        return portions
    columns = portions[0].format.apart([(one.table, one.matched) for one in portions])
    return [replace(one, matched=matched) for one, matched in zip(portions, columns, strict=True)]


def _sorted_out(
    tables: Sequence[SheetTable],
    known: Sequence[ExportFormat],
    formats: Sequence[ExportFormat],
    profiles: Mapping[str, Profile],
) -> tuple[list[Portion], list[SheetTable], dict[str, Profile]]:
    """Return the tables that can be read, those that cannot, and the mappings used by format name."""
    portions: list[Portion] = []
    unread: list[SheetTable] = []
    used: dict[str, Profile] = {}
    by_name = {one.name: one for one in formats}
    for table in tables:
        found = recognise(table, known)
        profile = None if found else profiles.get(fingerprint(table.header))
        columns = matched(table, profile.mapping) if profile and profile.grain in by_name else None
        if found:
            portions.append(
                Portion(table=table, format=found.format, matched=found.matched, rivals=found.rivals)
            )
        elif profile and columns is not None:
            portions.append(Portion(table=table, format=by_name[profile.grain], matched=columns))
            used[profile.grain] = profile
        else:
            unread.append(table)
    return portions, unread, used


def read_as(material: Material, chosen: ExportFormat) -> Material:
    """Return a material that may be several kinds of export, read as the one that a person chose."""
    portions = tuple(
        replace(portion, format=chosen, matched=match_headers(portion.table, chosen), rivals=())
        for portion in material.portions
    )
    return replace(material, portions=portions, parts=(chosen.name,))


def unmapped(material: Material) -> Material:
    """Return the material as if its table were unknown; that table is the first one not read."""
    if material.format is None:
        return material
    tables = tuple(portion.table for portion in material.portions)
    return replace(
        material,
        portions=(),
        parts=(),
        mapping=None,
        unread=(*tables, *material.unread),
        fingerprint=fingerprint(tables[0].header),
    )


def remapped(material: Material, chosen: ExportFormat, profile: Profile) -> Material:
    """Return an unknown material with its first table read as a person said.

    Raises:
        ValueError: when the table lacks a column of the mapping.
    """
    table, *rest = material.unread
    columns = matched(table, profile.mapping)
    if columns is None:
        msg = "the mapping names a column that the table does not have"
        raise ValueError(msg)
    portion = Portion(table=table, format=chosen, matched=columns)
    return replace(material, portions=(portion,), unread=tuple(rest), parts=(chosen.name,), mapping=profile)
