"""The ordered list of features: the bot's table of contents."""

from collections.abc import Sequence

from handlers import (
    alert,
    assigning,
    briefing,
    day,
    drawing,
    export,
    finding,
    hotline,
    hotline_desk,
    importing,
    indicators,
    inviting,
    looking,
    people,
    personal_data,
    photos,
    pictures,
    plan,
    roles,
    scheduling,
    start,
    summary,
    training,
)
from handlers.feature import Feature


def all_features() -> Sequence[Feature]:
    """Built anew for every app, so that two can live in one test."""
    return [
        start.create_feature(),
        *day.create_features(),
        photos.create_feature(),
        alert.create_feature(),
        hotline.create_feature(),
        hotline_desk.create_feature(),
        finding.create_feature(),
        people.create_feature(),
        inviting.create_feature(),
        personal_data.create_feature(),
        training.create_feature(),
        roles.create_feature(),
        plan.create_feature(),
        scheduling.create_feature(),
        assigning.create_feature(),
        drawing.create_feature(),
        importing.create_feature(),
        summary.create_feature(),
        indicators.create_feature(),
        briefing.create_feature(),
        looking.create_feature(),
        export.create_feature(),
        pictures.create_feature(),
    ]
