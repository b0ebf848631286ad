-- What is told by itself and made on order: digests, files, and the targets that figures are compared with.

CREATE TABLE export_job (                    -- a file on order: made beside the conversation, sent when it is ready
    id          INTEGER PRIMARY KEY,
    source      TEXT NOT NULL UNIQUE,        -- the tap or message that ordered it: a repeat orders nothing
    person_id   INTEGER NOT NULL REFERENCES person (id),
    platform    TEXT NOT NULL,
    user_id     INTEGER NOT NULL,
    chat_id     INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    details     TEXT NOT NULL,               -- JSON of the choice: days, school, report
    state       TEXT NOT NULL DEFAULT 'queued',  -- queued | running | sent | failed | cancelled
    error       TEXT NOT NULL DEFAULT '',
    tries       INTEGER NOT NULL DEFAULT 0,
    card_id     INTEGER,                     -- the message that shows the progress
    ordered_at  TEXT NOT NULL,
    finished_at TEXT
);
CREATE INDEX export_job_open ON export_job (state, id);
CREATE INDEX export_job_person ON export_job (person_id, state);

CREATE TABLE digest (                        -- the summary of a day for one recipient, once
    day         TEXT NOT NULL,
    kind        TEXT NOT NULL,               -- day | week
    recipient   TEXT NOT NULL,               -- person:12 | chat:-100…
    state       TEXT NOT NULL DEFAULT 'due', -- due | sending | sent | text | given_up
    tries       INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL,
    figures     TEXT NOT NULL DEFAULT '{}',  -- what was told, so that the next one can say what changed
    finished_at TEXT,
    PRIMARY KEY (day, kind, recipient)
);
CREATE INDEX digest_open ON digest (state, next_try_at);

CREATE TABLE indicator_target (              -- every version of a target stays
    municipality_id INTEGER NOT NULL REFERENCES municipality (id),
    code        TEXT NOT NULL,               -- М1
    version     INTEGER NOT NULL,
    value       REAL,                        -- NULL: the target was taken away
    set_at      TEXT NOT NULL,
    set_by      INTEGER REFERENCES person (id),
    PRIMARY KEY (municipality_id, code, version)
);
