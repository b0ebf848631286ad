"""A report filled by taps: the button of each card and the words of the next one, from the second card on."""

REST = (
    ("Да, оба", "Б6."),
    ("Да", "Б2"),
    ("Да, все", "В3."),
    ("Да", "В6."),
    ("Да", "В1."),
    ("Да", "Г2"),
    ("Да, оба", "Проверьте"),
)
