"""Photos, albums, documents: shown, enlarged, downloaded, sent."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk
from tests.browser.scripted_bot import picture

pytestmark = pytest.mark.asyncio(loop_scope="session")

PLAN = {"name": "график.csv", "mimeType": "text/csv", "buffer": "школа;класс\n".encode()}


def photo(number: int) -> dict[str, object]:
    return {"name": f"{number}.png", "mimeType": "image/png", "buffer": picture(f"#{number}0b0c0")}


async def test_a_photo_is_shown_and_enlarged(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("фото")
    image = observer.newest.locator("img")
    await expect(image).to_have_js_property("complete", True)
    assert await image.evaluate("image => image.naturalWidth") > 0
    await observer.button("Увеличить фото").click()
    viewer = desk.page.get_by_role("dialog", name="Фото")
    await expect(viewer).to_contain_text("Сводка за день")
    await desk.page.keyboard.press("Escape")
    await expect(viewer).to_have_count(0)


async def test_an_album_is_one_message_with_its_photos(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("альбом")
    await expect(observer.newest.locator("img")).to_have_count(3)
    await observer.sees("Кабинет 214")
    await expect(observer.messages).to_have_count(2)
    await observer.newest.locator(".photo").nth(1).click()
    viewer = desk.page.get_by_role("dialog", name="Фото")
    await expect(viewer).to_contain_text("2 / 3")
    await viewer.get_by_role("button", name="Следующее фото").click()
    await expect(viewer).to_contain_text("3 / 3")
    await viewer.get_by_role("button", name="Закрыть").click()


async def test_a_document_is_downloaded_under_its_name(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.says("файл")
    async with desk.page.expect_download() as download:
        await observer.newest.get_by_role("link", name="ВПР_отчёты.csv").click()
    file = await download.value
    assert file.suggested_filename == "ВПР_отчёты.csv"
    assert Path(await file.path()).read_bytes() == b"\xef\xbb\xbf" + b"1;2\r\n" * 99


async def test_photos_go_as_an_album_with_the_text_as_caption(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.attaches("Фото с устройства", photo(1), photo(2))  # type: ignore[arg-type]
    await expect(observer.node.locator(".tray img")).to_have_count(2)
    await observer.says("стенды закрыты")
    await expect(observer.node.locator(".message--out img")).to_have_count(2)
    await expect(observer.node.locator(".message--out")).to_contain_text("стенды закрыты")
    await observer.sees("Принято файлов: 2")
    await expect(observer.node.locator(".tray")).to_be_hidden()
    assert all(size > 0 for size in desk.bot.received)


async def test_a_file_goes_as_it_is(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.attaches("Файл", PLAN)  # type: ignore[arg-type]
    await observer.button("Отправить", exact=True).click()
    await observer.sees("Принято файлов: 1, без подписи")
    await expect(observer.node.locator(".message--out")).to_contain_text("график.csv")
    assert desk.bot.received == [len(PLAN["buffer"])]


async def test_a_chosen_file_can_be_put_back(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.attaches("Файл", PLAN)  # type: ignore[arg-type]
    await observer.button("Убрать: график.csv").click()
    await expect(observer.button("Отправить", exact=True)).to_be_disabled()


async def test_a_ready_snapshot_serves_those_without_a_photo(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.button("Прикрепить").click()
    await observer.node.get_by_role("menuitem", name="Готовый снимок для пробы").click()
    await observer.button("Отправить", exact=True).click()
    await observer.sees("Принято файлов: 1")


async def test_files_are_dropped_on_the_phone(desk: Desk):
    observer = await desk.phone("Наблюдатель")
    await observer.node.locator(".phone__screen").evaluate(
        """(screen) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(["a;b"], "отчёт.csv", { type: "text/csv" }));
            for (const kind of ["dragover", "drop"]) {
                screen.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
            }
        }"""
    )
    await expect(observer.node.locator(".tray")).to_contain_text("отчёт.csv")
