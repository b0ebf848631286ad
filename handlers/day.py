"""The features of the day of a ВПР, in the order in which they are offered what nobody waits for."""

from collections.abc import Sequence

from handlers import (
    awaited,
    dictation,
    instructing,
    instruction_schools,
    paper_form,
    photo_review,
    reminding,
    report,
    report_times,
    reviewing,
    school_day,
)
from handlers.feature import Feature


def create_features() -> Sequence[Feature]:
    return [
        report.create_feature(),
        report_times.create_feature(),
        dictation.create_feature(),
        reviewing.create_feature(),
        awaited.create_feature(),
        reminding.create_feature(),
        instructing.create_feature(),
        instruction_schools.create_feature(),
        school_day.create_feature(),
        photo_review.create_feature(),
        paper_form.create_feature(),
    ]
