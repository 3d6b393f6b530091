"""What all tables share: the registry, names of constraints, columns that recur."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """The registry of this store, its own so that hot reload cannot define a table twice."""


def batch_column() -> Column[int]:
    """Return the column that ties a fact to its import."""
    return Column(Integer, ForeignKey("import_batch.id"), nullable=False, index=True)


def instant_column(*, nullable: bool = True) -> Column[int]:
    """Return a column of Unix seconds."""
    return Column(BigInteger, nullable=nullable)
