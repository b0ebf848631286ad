"""Counts the generated rows in the plainest way there is, without any of the product's SQL."""

from collections import Counter
from typing import Any

from bot.domain.checklist_file import load_checklist
from tests.generate import Rows

RECEIVED = ("submitted", "verified")


class Oracle:
    def __init__(self, rows: Rows, schools: set[int], days: set[str]) -> None:
        self.steps = {(step["sitting_id"], step["step"]) for step in rows["school_step"]}
        self.sittings = [s for s in rows["sitting"] if s["school_id"] in schools and s["date"] in days]
        ids = {sitting["id"] for sitting in self.sittings}
        every = [report for report in rows["report"] if report["sitting_id"] in ids]
        self.training = [report for report in every if report["training"] and report["state"] in RECEIVED]
        self.reports = [report for report in every if not report["training"]]
        self.received = [report for report in self.reports if report["state"] in RECEIVED]
        self.answers = self._answers(rows, self.received)
        self.violations = [answer for answer in self.answers if answer["value"] == "no"]
        schools = {report["number"] for report in self.received if report["kind"] == "school"}
        self.own_violations = [answer for answer in self.violations if answer["report_number"] in schools]
        returned = [report for report in self.reports if report["state"] == "returned"]
        self.returned_violations = [a for a in self._answers(rows, returned) if a["value"] == "no"]
        kept = {report["number"] for report in self.reports}
        self.photos = [p for p in rows["photo"] if p["report_number"] in kept and p["state"] in ("pending", "stored")]

    @staticmethod
    def _answers(rows: Rows, reports: list[dict[str, Any]]) -> list[dict[str, Any]]:
        numbers = {report["number"] for report in reports}
        return [answer for answer in rows["answer"] if answer["report_number"] in numbers]

    def states(self, kind: str) -> Counter[str]:
        return Counter(report["state"] for report in self.reports if report["kind"] == kind)

    def severities(self) -> Counter[str]:
        checklist = load_checklist()
        return Counter(checklist.item(answer["item"]).severity.value for answer in self.violations)

    def reviews(self) -> Counter[str]:
        return Counter(answer["review"] for answer in self.violations)

    def clean(self) -> int:
        bad = {answer["report_number"] for answer in self.violations}
        return sum(r["kind"] == "observer" and r["number"] not in bad for r in self.received)

    def held(self) -> int:
        told = {r["sitting_id"] for r in self.reports if r["state"] in RECEIVED or r["ended_at"] is not None}
        told |= {sitting for sitting, step in self.steps if step == "ended"}
        return sum(s["id"] in told and s["state"] == "planned" for s in self.sittings)

    def uploaded(self) -> int:
        return sum((s["id"], "uploaded") in self.steps and s["state"] == "planned" for s in self.sittings)

    def briefed(self, rows: Rows) -> tuple[int, int, int]:
        """Readers about a day on which their school has a work that is not cancelled: all, who read, who read in time."""
        instructions = {each["id"]: each for each in rows["instruction"]}
        places = {(s["date"], s["school_id"]) for s in self.sittings if s["state"] == "planned"}
        readers = [
            reader
            for reader in rows["instruction_reader"]
            if (instructions[reader["instruction_id"]]["day"], reader["school_id"]) in places
            and instructions[reader["instruction_id"]]["kind"] == "briefing"
        ]
        read = [reader for reader in readers if reader["read_at"]]
        in_time = [r for r in read if r["read_at"] <= instructions[r["instruction_id"]]["read_by"]]
        return len(readers), len(read), len(in_time)
