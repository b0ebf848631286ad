"""The table of contents of the bot holds together: no two features listen to the same thing."""

import re

from bot.domain.people import Role
from bot.texts import commands
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


def test_help_promises_only_words_that_are_understood() -> None:
    known = [command for feature in all_features() for command in feature.commands]
    without_a_command = {"сош 5", "н-017"}  # a school and a code are found wherever they are written
    for role in Role:
        for word in re.findall("«([^»]+)»", commands.help_text([role])):
            said = word.casefold()
            understood = any(
                said in command.words or (command.takes_rest and said.startswith(tuple(w + " " for w in command.words)))
                for command in known
                if command.roles is None or role in command.roles
            )
            assert understood or said in without_a_command, f"{role}: «{word}»"
