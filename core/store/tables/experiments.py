"""Content tags, experiments from plan to conclusion, and what was learned."""

from sqlalchemy import BigInteger, Text, UniqueConstraint
from sqlmodel import Field

from core.store.tables.base import Base, instant_column


class TagValue(Base, table=True):
    """A word of the vocabulary that videos are tagged with."""

    __tablename__ = "tag_value"
    id: int | None = Field(default=None, primary_key=True)
    dimension: str  # a Dimension value of core.content.vocabulary
    value: str  # as written
    value_key: str  # as compared
    is_listed: bool = True  # False: no longer offered, kept where it was given
    __table_args__ = (UniqueConstraint("dimension", "value_key"),)


class TagChange(Base, table=True):
    """One act of tagging, of one video or many, which can be taken back whole."""

    __tablename__ = "tag_change"
    id: int | None = Field(default=None, primary_key=True)
    about: str  # what was done, in words
    who: str
    at: int = Field(sa_column=instant_column(nullable=False))
    undone_by: str = ""
    undone_at: int | None = Field(default=None, sa_column=instant_column())


class TagEvent(Base, table=True):
    """A tag given to a video or taken from it; the newest event that was not undone stands."""

    __tablename__ = "tag_event"
    change_id: int = Field(foreign_key="tag_change.id", primary_key=True)
    video_id: str = Field(primary_key=True, index=True)
    tag_id: int = Field(foreign_key="tag_value.id", primary_key=True)
    is_on: bool


class Experiment(Base, table=True):
    """A comparison of versions, planned before its results are known."""

    __tablename__ = "experiment"
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    name: str
    topic: str  # what is to be learned, a Topic value
    hypothesis: str = Field(default="", sa_type=Text)
    design: str  # a Design value
    status: str = "draft"  # draft | running | concluded
    primary_metric: str
    worth: float  # smallest lift worth having, for instance 0.1
    age_days: int = 7  # age at which every video is read
    traffic: str = "organic"
    videos_each: int = 0  # planned videos of each creator
    first_day: int | None = None
    last_day: int | None = None
    seed: int | None = Field(default=None, sa_type=BigInteger)  # of the draw; None before it
    owner: str = ""
    made_by: str = ""
    made_at: int = Field(sa_column=instant_column(nullable=False))
    started_by: str = ""
    started_at: int | None = Field(default=None, sa_column=instant_column())
    learning_id: int | None = None  # the learning that it tests again
    version: int = 1


class ExperimentMetric(Base, table=True):
    """A supporting metric of an experiment, or a guardrail with the harm that is tolerable."""

    __tablename__ = "experiment_metric"
    experiment_id: int = Field(foreign_key="experiment.id", primary_key=True)
    metric: str = Field(primary_key=True)
    role: str = Field(primary_key=True)  # secondary | guardrail
    position: int = 0
    harm: float | None = None  # share; only of a guardrail


class ExperimentArm(Base, table=True):
    """One version in an experiment; the first is what is done today."""

    __tablename__ = "experiment_arm"
    id: int | None = Field(default=None, primary_key=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    position: int
    name: str
    brief: str = Field(default="", sa_type=Text)  # what creators are told
    tag_id: int | None = Field(default=None, foreign_key="tag_value.id")
    video_id: str = ""  # audience split: the video of the ad
    people: int | None = Field(default=None, sa_type=BigInteger)  # audience split: reached
    impressions: int | None = Field(default=None, sa_type=BigInteger)
    events: int | None = Field(default=None, sa_type=BigInteger)  # audience split: what is counted


class ExperimentSlot(Base, table=True):
    """A video that a creator is to make in an experiment, and the one that was made."""

    __tablename__ = "experiment_slot"
    id: int | None = Field(default=None, primary_key=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    creator_id: int = Field(foreign_key="creator.id", index=True)
    position: int  # 1 is the creator's first video of the experiment
    arm_id: int = Field(foreign_key="experiment_arm.id")
    due_day: int | None = None
    video_id: str = Field(default="", index=True)
    matched: str = ""  # '': order and dates decide | by hand | left out by hand
    matched_by: str = ""
    matched_at: int | None = Field(default=None, sa_column=instant_column())
    left_day: int | None = None  # the creator left the experiment


class ExperimentExclusion(Base, table=True):
    """A video that is no part of an experiment although creator and days would make it one."""

    __tablename__ = "experiment_exclusion"
    experiment_id: int = Field(foreign_key="experiment.id", primary_key=True)
    video_id: str = Field(primary_key=True)
    who: str
    at: int = Field(sa_column=instant_column(nullable=False))


class ExperimentChange(Base, table=True):
    """What was changed in a plan after its start."""

    __tablename__ = "experiment_change"
    id: int | None = Field(default=None, primary_key=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    what: str
    before: str = Field(default="", sa_type=Text)
    after: str = Field(default="", sa_type=Text)
    who: str
    at: int = Field(sa_column=instant_column(nullable=False))


class ExperimentConclusion(Base, table=True):
    """How an experiment ended: the decision, and the result as it stood on that day."""

    __tablename__ = "experiment_conclusion"
    experiment_id: int = Field(foreign_key="experiment.id", primary_key=True)
    decision: str
    reason: str = Field(sa_type=Text)
    owner: str = ""
    verdict: str
    sentence: str = Field(sa_type=Text)
    result: str = Field(sa_type=Text)  # JSON
    who: str
    at: int = Field(sa_column=instant_column(nullable=False))


class Learning(Base, table=True):
    """Something the team knows now, how well, and when it should be tested again."""

    __tablename__ = "learning"
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    experiment_id: int | None = Field(default=None, foreign_key="experiment.id", index=True)
    hypothesis: str = Field(sa_type=Text)
    evidence: str = Field(default="", sa_type=Text)
    strength: str  # experiment | association | experience
    clause: str = Field(default="", sa_type=Text)  # what goes into the next brief
    product: str = ""
    audience: str = ""
    retest_day: int | None = None
    is_retired: bool = False
    who: str
    at: int = Field(sa_column=instant_column(nullable=False))
    version: int = 1


class LearningTag(Base, table=True):
    """A tag that a learning is about."""

    __tablename__ = "learning_tag"
    learning_id: int = Field(foreign_key="learning.id", primary_key=True)
    tag_id: int = Field(foreign_key="tag_value.id", primary_key=True)
