-- Which works an instruction told somebody about: when they change, exactly those concerned are told.

ALTER TABLE instruction_reader ADD COLUMN works TEXT NOT NULL DEFAULT '';
