-- The school's own day, instructions that are read under signature, and what else is known of a photo.

CREATE TABLE school_step (                   -- what the school says it did; told again, the last word counts
    sitting_id  INTEGER NOT NULL REFERENCES sitting (id),
    step        TEXT NOT NULL,               -- materials | briefing | video | started | ended | collected | checked | uploaded
    value       TEXT NOT NULL DEFAULT 'yes', -- video: yes | no | none
    happened_at TEXT NOT NULL,
    entered_at  TEXT NOT NULL,
    person_id   INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (sitting_id, step)
);

CREATE TABLE objection (                     -- the school disagrees with an observer's report
    id            INTEGER PRIMARY KEY,
    report_number INTEGER NOT NULL REFERENCES report (number),
    school_id     INTEGER NOT NULL REFERENCES school (id),
    person_id     INTEGER NOT NULL REFERENCES person (id),
    text          TEXT NOT NULL,
    raised_at     TEXT NOT NULL,
    source        TEXT NOT NULL UNIQUE
);
CREATE INDEX objection_report ON objection (report_number);

CREATE TABLE instruction (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,               -- memo | briefing | own
    title       TEXT NOT NULL,
    day         TEXT NOT NULL,               -- of the sittings it is about
    audience    TEXT NOT NULL,               -- JSON: roles, schools, persons
    read_by     TEXT NOT NULL,               -- until when it has to be read
    state       TEXT NOT NULL DEFAULT 'draft',   -- draft | sent | withdrawn
    version     INTEGER NOT NULL DEFAULT 1,
    created_by  INTEGER REFERENCES person (id),
    created_at  TEXT NOT NULL,
    sent_at     TEXT,
    escalated_at TEXT
);
CREATE INDEX instruction_day ON instruction (day, state);

CREATE TABLE instruction_part (              -- every version stays: an acknowledgement names the one that was read
    instruction_id INTEGER NOT NULL REFERENCES instruction (id),
    version     INTEGER NOT NULL,
    number      INTEGER NOT NULL,            -- from 1
    text        TEXT NOT NULL,
    question    TEXT NOT NULL DEFAULT '',    -- an optional control question after the part
    choices     TEXT NOT NULL DEFAULT '[]',
    correct     INTEGER NOT NULL DEFAULT 0,
    file_kind   TEXT NOT NULL DEFAULT '',    -- photo | document
    file_id     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (instruction_id, version, number)
);

CREATE TABLE instruction_reader (
    instruction_id INTEGER NOT NULL REFERENCES instruction (id),
    person_id   INTEGER NOT NULL REFERENCES person (id),
    school_id   INTEGER REFERENCES school (id),
    parts_seen  INTEGER NOT NULL DEFAULT 0,  -- of the current version
    read_version INTEGER NOT NULL DEFAULT 0,
    read_at     TEXT,                        -- of that version
    added_at    TEXT NOT NULL,
    withdrawn_at TEXT,                       -- not concerned any more
    PRIMARY KEY (instruction_id, person_id)
);
CREATE INDEX instruction_reader_person ON instruction_reader (person_id, instruction_id);

CREATE TABLE acknowledgement (               -- «под подпись»: for ever
    instruction_id INTEGER NOT NULL REFERENCES instruction (id),
    version     INTEGER NOT NULL,
    person_id   INTEGER NOT NULL REFERENCES person (id),
    text_sha256 TEXT NOT NULL,
    read_at     TEXT NOT NULL,
    PRIMARY KEY (instruction_id, version, person_id)
);

ALTER TABLE photo ADD COLUMN alert_number INTEGER REFERENCES alert (number);
ALTER TABLE photo ADD COLUMN clean_path TEXT NOT NULL DEFAULT '';     -- without metadata; '' = not made
ALTER TABLE photo ADD COLUMN had_place INTEGER NOT NULL DEFAULT 0;    -- the file held coordinates
ALTER TABLE photo ADD COLUMN near_id INTEGER REFERENCES photo (id);   -- looks like this earlier photo
ALTER TABLE photo ADD COLUMN verdict TEXT NOT NULL DEFAULT '';        -- confirms | no
ALTER TABLE photo ADD COLUMN judged_by INTEGER REFERENCES person (id);
CREATE INDEX photo_sha256 ON photo (sha256);
