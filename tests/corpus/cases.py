"""What one nasty upload is, and the one right thing to do with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.imports.model import Answers, Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The file is stored with exactly these values.

    Attributes:
        format: kind of export it is.
        values: `table column column …` -> the rows of that table, in any order, exactly.
        aside: code of a problem -> how many rows are set aside for it; no other row is.
        ignored: reason -> rows left out on purpose; no other row is.
        warns: codes that a person is told besides.
        quiet: codes that must not be told.
    """

    format: str
    values: Mapping[str, Sequence[tuple[object, ...]]]
    aside: Mapping[str, int] = field(default_factory=dict)
    ignored: Mapping[str, int] = field(default_factory=dict)
    warns: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A person is asked exactly this, nothing is stored before.

    Attributes:
        asks: what is asked, in any order.
        offers: answers that must be among the choices.
        answers: given next.
        then: what holds after the answers; None ends the case.
    """

    asks: tuple[Ask, ...]
    offers: tuple[str, ...] = ()
    answers: Answers = field(default_factory=dict)
    then: Accepted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The file is refused; its sentence names the cause.

    Attributes:
        code: of the issue, or of the rows set aside where not one row can be stored.
        word: part of the sentence.
    """

    code: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The table is new: a person is offered the column mapper.

    Attributes:
        likely: grain offered first, '' for any.
    """

    likely: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """The file is what it says and holds no rows.

    Attributes:
        ignored: reason -> rows left out on purpose.
    """

    ignored: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyImported:
    """The file was imported before; nothing changes."""


Outcome = Accepted | Asked | Refused | Unknown | Nothing | AlreadyImported


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One upload and its one right outcome.

    Attributes:
        name: the id of the test.
        file: name of the upload.
        data: its bytes, or what makes them.
        outcome: one, or one per import that the file gives, in order.
        answers: given before anything is asked.
        modified_at: of the file; None where the browser does not say.
        never: texts that may not be stored anywhere, in no spelling.
        before: (file name, bytes) imported first.
    """

    name: str
    file: str
    data: bytes | Callable[[], bytes]
    outcome: Outcome | tuple[Outcome, ...]
    answers: Answers = field(default_factory=dict)
    modified_at: int | None = None
    never: tuple[str, ...] = ()
    before: tuple[tuple[str, bytes], ...] = ()

    @property
    def bytes(self) -> bytes:
        return self.data if isinstance(self.data, bytes) else self.data()

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return self.outcome if isinstance(self.outcome, tuple) else (self.outcome,)
