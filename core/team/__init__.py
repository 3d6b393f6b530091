"""People and rights: who may sign in, what each may do, and the record of what happened."""

from core.team.members import (
    add_member,
    give_right,
    list_members,
    readers_of,
    remove_member,
    take_right,
)
from core.team.model import Member, Reader, Right
from core.team.record import Entry, RecordFilter, Sort, list_names, list_record, record_csv
from core.team.standing import LONGEST_SIGN_IN, SignIn, note_refusal, note_sign_in, principal_of

__all__ = [
    "LONGEST_SIGN_IN",
    "Entry",
    "Member",
    "Reader",
    "RecordFilter",
    "Right",
    "SignIn",
    "Sort",
    "add_member",
    "give_right",
    "list_members",
    "list_names",
    "list_record",
    "note_refusal",
    "note_sign_in",
    "principal_of",
    "readers_of",
    "record_csv",
    "remove_member",
    "take_right",
]
