"""The questions change between two starts of the bot: what was begun is finished with the old ones."""

from dataclasses import replace
from pathlib import Path

from bot.domain.checklist import Checklist, Checklists
from bot.domain.checklist_file import load_checklist
from bot.domain.people import Role
from bot.domain.report import ReportState
from bot.sandbox import Sandbox
from storage import reports
from tests.city import City
from tests.clock import RunningClock
from tests.running import bot_at

OLD = load_checklist()


def newer() -> Checklist:
    """One short item is asked in other words, another is not asked any more."""
    items = [
        replace(item, plain="Телефоны сданы под роспись") if item.code == "Б6" else item
        for item in OLD.every_item
        if item.code != "В3"
    ]
    return replace(OLD, version="2099.1", every_item=tuple(items))


async def test_a_begun_report_is_finished_with_its_questions_and_a_new_one_gets_the_new(
    tmp_path: Path, clock: RunningClock
) -> None:
    upgraded = Checklists(newer(), (OLD,))
    async with Sandbox.start() as sandbox:
        async with bot_at(sandbox, tmp_path, clock=clock) as running:
            city = City(running)
            await city.has_school("СОШ № 5")
            boss, _ = await city.phone_of("Мария", Role.COORDINATOR)
            observer, person = await city.phone_of("Анна", Role.OBSERVER)
            begun = await city.sits_today("СОШ № 5", "6 «Б»", "Русский язык", person, minutes=-90)
            fresh = await city.sits_today("СОШ № 5", "7 «А»", "Математика", person, minutes=-80)
            await observer.sends("/start")
            await observer.taps("На месте, начать отчёт")
            await observer.taps("Да")
            await observer.taps("Да, оба")
            card = await observer.sees(OLD.item("Б6").plain)
        async with bot_at(sandbox, tmp_path, clock=clock, checklists=upgraded) as running:
            await observer.sends("главная")
            await observer.sees("3 из 12", fresh=True)
            await observer.taps("Продолжить")
            await observer.sees(OLD.item("Б6").plain, fresh=True)
            await observer.sends(f"отчёт {begun} В3 нет у окна подсказывали, остальное да")
            await observer.sees("Принято: В3", fresh=True)
            await observer.taps_old(card, f"rx:{begun}")
            await observer.sees(f"Отчёт {begun} принят")
            await boss.sends(f"отчёт {begun}")  # looked at, accepted
            shown = await boss.sees(str(begun))
            await boss.taps_old(shown, f"vc:{begun}")
            await boss.sees("В3", fresh=True)
            await observer.taps_old(card, f"rf:{begun}:В3")  # corrected
            await observer.sees(OLD.item("В3").plain)
            await observer.taps_old(card, f"ra:{fresh}:0")
            await observer.taps_old(card, f"a:{fresh}:А8:yes")
            await observer.taps_old(card, f"ry:{fresh}:А12,А16")
            await observer.sees("Телефоны сданы под роспись", fresh=True)
            await running.settled()
            async with running.app.database.read() as reader:
                old, new = await reports.load(reader, begun), await reports.load(reader, fresh)
        assert old is not None
        assert new is not None
        assert old.state is ReportState.SUBMITTED
        assert (old.checklist_version, len(old.answers)) == (OLD.version, 12)
        assert new.checklist_version == "2099.1"
