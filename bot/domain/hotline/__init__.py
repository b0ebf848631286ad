"""The rules of the parents' hotline: levels, categories, the life of a case, due dates, masking. Pure."""
