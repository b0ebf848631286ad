"""Personal interest in a school: the reasons, as they are chosen and as they are told."""

CHOICES = {
    "children": "Учатся мои дети",
    "relatives": "Работают родственники",
    "works": "Работаю там",
    "declared": "Другая причина",
}
CONFLICTS = {
    "imported": "так указано в списке наблюдателей",
    "declared": "человек сам сообщил о личном интересе",
    "works": "работает в этой школе",
    "relatives": "в школе работают родственники",
    "children": "в школе учатся дети или родственники",
}
