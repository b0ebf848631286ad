-- Classes as people write them: 6 «Б», not 6Б. Imports compare by this name.
UPDATE sitting
SET class_name = grade || ' «' || substr(class_name, length(grade) + 1) || '»'
WHERE grade > 0
  AND length(class_name) > length(grade)
  AND substr(class_name, 1, length(grade)) = CAST(grade AS TEXT)
  AND instr(class_name, '«') = 0;
