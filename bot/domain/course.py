"""A short course: lessons, a test, a mark to pass."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.domain.errors import DomainError

FILE = Path(__file__).parents[1] / "checklists" / "course.toml"


@dataclass(frozen=True, slots=True)
class Lesson:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """`right` is counted from 0."""

    text: str
    options: tuple[str, ...]
    right: int
    why: str


@dataclass(frozen=True, slots=True)
class Course:
    """`version` is kept with every attempt: an answer is about the questions of its time."""

    version: str
    pass_mark: int
    lessons: tuple[Lesson, ...]
    questions: tuple[Question, ...]

    def right_among(self, choices: dict[int, int]) -> int:
        return sum(choices.get(number) == question.right for number, question in enumerate(self.questions))

    def passed(self, right: int) -> bool:
        return right >= self.pass_mark


@dataclass(eq=False)
class CourseInvalid(DomainError):
    """The file of the course cannot be used; `where` is a lesson or question, counted from 1."""

    where: str


@dataclass(eq=False)
class NoSuchAttempt(DomainError):
    """The test was finished, or belongs to an older version of the course."""

    attempt_id: int


@cache
def load_course(path: Path = FILE) -> Course:
    """Raises `CourseInvalid`."""
    data = tomllib.loads(path.read_text("utf-8"))
    questions = tuple(
        Question(one["text"], tuple(one["options"]), one["right"] - 1, one["why"]) for one in data["questions"]
    )
    for number, question in enumerate(questions, 1):
        if not 2 <= len(question.options) <= 4 or not 0 <= question.right < len(question.options):
            raise CourseInvalid(f"question {number}")
    if not 8 <= len(questions) <= 10 or not len(questions) // 2 < data["pass_mark"] <= len(questions):
        raise CourseInvalid("pass_mark")
    lessons = tuple(Lesson(one["title"], one["text"]) for one in data["lessons"])
    return Course(f"{data['name']} {data['version']}", data["pass_mark"], lessons, questions)
