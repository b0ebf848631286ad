-- What a person chose to act as, what the messenger shows of it, and the plan as people change it by hand.

CREATE TABLE chosen_role (                   -- several roles: whose card «Главная» brings back
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    role      TEXT NOT NULL,
    chosen_at TEXT NOT NULL
);

CREATE TABLE command_menu (                  -- what the messenger's menu of commands shows in a private chat
    platform    TEXT NOT NULL,
    user_id     INTEGER NOT NULL,
    chat_id     INTEGER NOT NULL,
    menu        TEXT NOT NULL DEFAULT '',    -- role whose menu is shown, '' of a stranger
    due         INTEGER NOT NULL DEFAULT 1,  -- the roles changed since
    tries       INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (platform, user_id)
);
CREATE INDEX command_menu_due ON command_menu (due, next_try_at);

CREATE TABLE group_removal (                 -- somebody lost the role that let them into a staff group
    id          INTEGER PRIMARY KEY,
    platform    TEXT NOT NULL,
    user_id     INTEGER NOT NULL,
    person_id   INTEGER NOT NULL REFERENCES person (id),
    chat_id     INTEGER NOT NULL,
    asked_at    TEXT NOT NULL,
    state       TEXT NOT NULL DEFAULT 'due', -- due | done | failed
    tries       INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL DEFAULT '',
    error       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX group_removal_due ON group_removal (state, next_try_at);

CREATE TABLE responsibility (                -- the head of a school takes a sitting under their own control
    sitting_id  INTEGER PRIMARY KEY REFERENCES sitting (id),
    person_id   INTEGER NOT NULL REFERENCES person (id),
    accepted_at TEXT NOT NULL
);

CREATE TABLE course_attempt (                -- the test after the lessons, every try of it
    id          INTEGER PRIMARY KEY,
    person_id   INTEGER NOT NULL REFERENCES person (id),
    course      TEXT NOT NULL,               -- name and version of the course
    begun_at    TEXT NOT NULL,
    finished_at TEXT,
    right_count INTEGER,
    passed      INTEGER
);
CREATE INDEX course_attempt_person ON course_attempt (person_id, finished_at);

CREATE TABLE course_answer (
    attempt_id  INTEGER NOT NULL REFERENCES course_attempt (id),
    question    INTEGER NOT NULL,
    choice      INTEGER NOT NULL,
    answered_at TEXT NOT NULL,
    PRIMARY KEY (attempt_id, question)       -- the first answer counts
);

CREATE TABLE sitting_change (                -- every change of the plan by hand, with its reason
    id         INTEGER PRIMARY KEY,
    sitting_id INTEGER NOT NULL REFERENCES sitting (id),
    what       TEXT NOT NULL,                -- JSON: field -> [before, after]
    reason     TEXT NOT NULL,
    person_id  INTEGER REFERENCES person (id),
    at         TEXT NOT NULL
);
CREATE INDEX sitting_change_sitting ON sitting_change (sitting_id, id);

CREATE TABLE sitting_proposal (              -- what a school wants in the plan, until a coordinator agrees
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,                -- add | change | cancel
    school_id  INTEGER NOT NULL REFERENCES school (id),
    sitting_id INTEGER REFERENCES sitting (id),
    revision   INTEGER,                      -- of the sitting when it was proposed
    content    TEXT NOT NULL,                -- JSON of the fields
    reason     TEXT NOT NULL DEFAULT '',
    person_id  INTEGER NOT NULL REFERENCES person (id),
    asked_at   TEXT NOT NULL,
    state      TEXT NOT NULL DEFAULT 'open', -- open | accepted | declined
    settled_by INTEGER REFERENCES person (id),
    settled_at TEXT
);
CREATE INDEX sitting_proposal_open ON sitting_proposal (state, id);

CREATE TABLE assignment_event (              -- the history of who was to watch what; nothing here is ever changed
    id         INTEGER PRIMARY KEY,
    sitting_id INTEGER NOT NULL REFERENCES sitting (id),
    person_id  INTEGER NOT NULL REFERENCES person (id),
    event      TEXT NOT NULL,                -- assigned | ended | replaced | cannot
    other_id   INTEGER REFERENCES person (id),   -- replaced: by whom
    reason     TEXT NOT NULL DEFAULT '',
    by_id      INTEGER REFERENCES person (id),
    at         TEXT NOT NULL
);
CREATE INDEX assignment_event_sitting ON assignment_event (sitting_id, id);

CREATE TABLE schedule_view (                 -- when somebody last looked at the open schedule of a school
    viewer    TEXT NOT NULL,                 -- a keyed hash: parents are nobody's rows
    school_id INTEGER NOT NULL REFERENCES school (id),
    seen_at   TEXT NOT NULL,
    PRIMARY KEY (viewer, school_id)
);

CREATE TABLE name_alias (                    -- «Да, это СОШ № 5»: how a municipality writes a name
    municipality_id INTEGER NOT NULL REFERENCES municipality (id),
    kind       TEXT NOT NULL,                -- school | subject
    written    TEXT NOT NULL,                -- folded
    means      TEXT NOT NULL,                -- school: short name; subject: its name
    person_id  INTEGER REFERENCES person (id),
    at         TEXT NOT NULL,
    PRIMARY KEY (municipality_id, kind, written)
);

CREATE TABLE draw (                          -- жеребьёвка: everything that anyone needs to repeat it
    id         INTEGER PRIMARY KEY,
    first_day  TEXT NOT NULL,
    last_day   TEXT NOT NULL,
    seed       TEXT NOT NULL,
    pool       TEXT NOT NULL,                -- JSON
    result     TEXT NOT NULL,                -- JSON
    drawn_by   INTEGER REFERENCES person (id),
    drawn_at   TEXT NOT NULL,
    applied_at TEXT,
    applied_by INTEGER REFERENCES person (id)
);
