-- A head of a school answers for a sitting as it was then: its day, lesson and hour. Moved, it is accepted anew, and the
-- earlier acceptance stays as history. What was accepted so far is taken to be for the sitting as it is now.
CREATE TABLE responsibility_by_date (
    id          INTEGER PRIMARY KEY,
    sitting_id  INTEGER NOT NULL REFERENCES sitting (id),
    person_id   INTEGER NOT NULL REFERENCES person (id),
    accepted_at TEXT NOT NULL,
    date        TEXT NOT NULL,
    lesson      INTEGER,
    starts_at   TEXT NOT NULL                -- local HH:MM, '' when it was not told
);
INSERT INTO responsibility_by_date (sitting_id, person_id, accepted_at, date, lesson, starts_at)
    SELECT r.sitting_id, r.person_id, r.accepted_at, s.date, s.lesson, s.starts_at
    FROM responsibility r JOIN sitting s ON s.id = r.sitting_id;
DROP TABLE responsibility;
ALTER TABLE responsibility_by_date RENAME TO responsibility;
CREATE INDEX responsibility_sitting ON responsibility (sitting_id);
