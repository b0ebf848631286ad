-- Schools chosen for an instruction: it goes to those of its audience who belong to them; without rows, to all of its day.
CREATE TABLE instruction_school (
    instruction_id INTEGER NOT NULL REFERENCES instruction (id),
    school_id      INTEGER NOT NULL REFERENCES school (id),
    PRIMARY KEY (instruction_id, school_id)
);
