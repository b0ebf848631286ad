"""The table of contents of the bot holds together: no two features listen to the same thing."""

from handlers.features import all_features


def test_prefixes_commands_and_expectations_belong_to_one_feature_each() -> None:
    features = all_features()
    for listened in (
        [prefix for feature in features for prefix in feature.taps],
        [command.name for feature in features for command in feature.commands],
        [state for feature in features for state in feature.inputs],
    ):
        assert sorted(set(listened)) == sorted(listened)


def test_no_word_means_two_commands() -> None:
    """Words of different roles may be the same; of one person they may not."""
    taken: dict[tuple[str, str], str] = {}
    for command in (command for feature in all_features() for command in feature.commands):
        for role in command.roles or {"anybody"}:
            for word in command.words:
                assert taken.setdefault((role, word), command.name) == command.name, word
