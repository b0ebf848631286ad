"""Names of the roles, and the letter in a person's code that others see instead of a name."""

CODE_LETTERS = {
    "observer": "Н",
    "school_coordinator": "Ш",
    "principal": "Р",
    "coordinator": "К",
    "operator": "О",
    "head": "У",
    "regional": "РК",
}

ROLES = {
    "observer": "наблюдатель",
    "school_coordinator": "школьный координатор",
    "principal": "руководитель школы",
    "coordinator": "муниципальный координатор",
    "operator": "оператор горячей линии",
    "head": "руководитель управления",
    "regional": "региональный координатор",
}
