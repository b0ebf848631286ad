"""Counts the generated rows in the plainest way there is, without any of the product's SQL."""

from collections import Counter
from typing import Any

from bot.domain.checklist_file import load_checklist
from tests.generate import Rows

RECEIVED = ("submitted", "verified")


class Oracle:
    def __init__(self, rows: Rows, schools: set[int], days: set[str]) -> None:
        self.sittings = [s for s in rows["sitting"] if s["school_id"] in schools and s["date"] in days]
        ids = {sitting["id"] for sitting in self.sittings}
        every = [report for report in rows["report"] if report["sitting_id"] in ids]
        self.training = [report for report in every if report["training"] and report["state"] in RECEIVED]
        self.reports = [report for report in every if not report["training"]]
        self.received = [report for report in self.reports if report["state"] in RECEIVED]
        self.answers = self._answers(rows, self.received)
        self.violations = [answer for answer in self.answers if answer["value"] == "no"]
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
        return sum(s["id"] in told and s["state"] == "planned" for s in self.sittings)
