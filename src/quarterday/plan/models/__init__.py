"""The tables of a plan, column for column as ``entries`` has it.

``place`` is where a row stands in its list, counted from 0. Text columns hold an empty text where nothing was said.
"""

from quarterday.plan.models.measures import Baseline, Break, Caveat, Measure, QuotedStanding, Target
from quarterday.plan.models.partnership import Agency, Partnership, PartnershipArea, PeerGroup, Priority
from quarterday.plan.models.plan_files import PlanFile
from quarterday.plan.models.projects import (
    Action,
    Project,
    ProjectFigure,
    ProjectLead,
    ProjectMeasure,
    Update,
    UpdateRequest,
)
from quarterday.plan.models.quarters import (
    Comment,
    CountywideCell,
    CountywidePriority,
    Edition,
    Highlight,
    Override,
    Step,
)
from quarterday.plan.models.trail import RECORDED, Change, changing, record
from quarterday.plan.models.uploads import Upload

__all__ = [
    "RECORDED", "Action", "Agency", "Baseline", "Break", "Caveat", "Change", "Comment", "CountywideCell",
    "CountywidePriority", "Edition", "Highlight", "Measure", "Override", "Partnership", "PartnershipArea", "PeerGroup",
    "PlanFile", "Priority", "Project", "ProjectFigure", "ProjectLead", "ProjectMeasure", "QuotedStanding", "Step",
    "Target", "Update", "UpdateRequest", "Upload", "changing",
]  # fmt: skip

record(
    Partnership, PartnershipArea, Agency, PeerGroup, Priority,
    Measure, Caveat, Break, Target, Baseline, QuotedStanding,
    Project, ProjectLead, ProjectMeasure, Update, Action, ProjectFigure,
    CountywidePriority, CountywideCell, Edition, Comment, Highlight,
    Override, Step, UpdateRequest, Upload,
)  # fmt: skip
