-- The parents' hotline: what happened and what was done about it. Texts are sealed with a key of their own case, and the
-- keys, the way back to the writer and contacts lie in another file (vault_migrations). Nothing here names a writer:
-- no account, no chat, no person of the writer's side, and `source` is a keyed hash.

CREATE TABLE hotline_case (
    id           TEXT PRIMARY KEY,           -- random 128 bits, hex: every key, file and button uses it
    year         INTEGER NOT NULL,
    number       INTEGER NOT NULL,           -- ГЛ-<year>-<number>, for the journal; says nothing of the writer
    level        TEXT NOT NULL,              -- hidden | traceless | contact, frozen
    channel      TEXT NOT NULL,              -- telegram | phone | visit
    category     INTEGER NOT NULL,           -- 1…16
    school_id    INTEGER REFERENCES school (id),
    status       TEXT NOT NULL,
    urgency      TEXT NOT NULL,              -- usual | critical
    outcome      TEXT NOT NULL DEFAULT '',
    rating       TEXT NOT NULL DEFAULT '',   -- helped | partly | not
    operator_id  INTEGER REFERENCES person (id),
    merged_into  TEXT REFERENCES hotline_case (id),
    report_number INTEGER REFERENCES report (number),
    sitting_id   INTEGER REFERENCES sitting (id),
    revision     INTEGER NOT NULL DEFAULT 0,
    accepted_at  TEXT NOT NULL,
    due_at       TEXT NOT NULL,
    answered_at  TEXT,
    closed_at    TEXT,
    heard_at     TEXT NOT NULL,              -- the writer's last word
    hold_reason  TEXT NOT NULL DEFAULT '',   -- sealed texts are kept in spite of the clocks
    warned_at    TEXT,                       -- of the coming deletion
    shredded_at  TEXT,                       -- texts are gone, this row is the trace
    UNIQUE (year, number)
);
CREATE INDEX hotline_case_open ON hotline_case (status, due_at);
CREATE INDEX hotline_case_school ON hotline_case (school_id, accepted_at);
CREATE INDEX hotline_case_merged ON hotline_case (merged_into);
CREATE INDEX hotline_case_operator ON hotline_case (operator_id, status);

CREATE TABLE case_message (
    case_id   TEXT NOT NULL REFERENCES hotline_case (id),
    seq       INTEGER NOT NULL,
    direction TEXT NOT NULL,                 -- in | out | question | note | measures
    sealed    BLOB NOT NULL,                 -- AES-GCM under the case's key; empty when shredded
    person_id INTEGER REFERENCES person (id),    -- staff only
    source    TEXT UNIQUE,                   -- keyed hash of the update it came with; NULL where no trace is kept
    at        TEXT NOT NULL,
    PRIMARY KEY (case_id, seq)
);

CREATE TABLE case_event (                    -- the history of a case: states and who, never words
    id        INTEGER PRIMARY KEY,
    case_id   TEXT NOT NULL REFERENCES hotline_case (id),
    at        TEXT NOT NULL,
    event     TEXT NOT NULL,
    before    TEXT NOT NULL,
    after     TEXT NOT NULL,
    person_id INTEGER REFERENCES person (id),
    detail    TEXT NOT NULL DEFAULT '',
    source    TEXT UNIQUE
);
CREATE INDEX case_event_case ON case_event (case_id, id);

CREATE TABLE case_file (
    id        TEXT PRIMARY KEY,              -- random; also the name on the disk
    case_id   TEXT NOT NULL REFERENCES hotline_case (id),
    message_seq INTEGER NOT NULL,
    kind      TEXT NOT NULL,                 -- photo | voice | video | document
    state     TEXT NOT NULL,                 -- pending | stored | refused | deleted
    reason    TEXT NOT NULL DEFAULT '',
    reference BLOB,                          -- sealed id of the file at the messenger; NULL when fetched
    size      INTEGER NOT NULL DEFAULT 0,
    tries     INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL,
    received_at TEXT NOT NULL
);
CREATE INDEX case_file_case ON case_file (case_id);
CREATE INDEX case_file_pending ON case_file (state, next_try_at);

CREATE TABLE case_topic (                    -- the staff forum is a view; this row is made anew with a new topic
    case_id   TEXT PRIMARY KEY REFERENCES hotline_case (id),
    chat_id   INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    made_at   TEXT NOT NULL
);
CREATE INDEX case_topic_thread ON case_topic (chat_id, thread_id);

CREATE TABLE case_prompt (                   -- a reply to this message in the staff group is an answer, a question, a note …
    chat_id    INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    case_id    TEXT NOT NULL REFERENCES hotline_case (id),
    kind       TEXT NOT NULL,
    made_at    TEXT NOT NULL,
    PRIMARY KEY (chat_id, message_id)
);

CREATE TABLE case_wording (                  -- what an operator wrote and has not sent yet
    case_id   TEXT NOT NULL REFERENCES hotline_case (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    kind      TEXT NOT NULL,
    sealed    BLOB NOT NULL,
    revision  TEXT NOT NULL,                 -- the button that sends it names it
    at        TEXT NOT NULL,
    PRIMARY KEY (case_id, person_id)
);

CREATE TABLE case_shown (                    -- messages that show a text to staff, to be deleted soon
    chat_id    INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    case_id    TEXT NOT NULL,
    delete_at  TEXT NOT NULL,
    tries      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (chat_id, message_id)
);
CREATE INDEX case_shown_due ON case_shown (delete_at);

CREATE TABLE case_reveal (                   -- identity is opened by two people with a reason
    id           INTEGER PRIMARY KEY,
    case_id      TEXT NOT NULL REFERENCES hotline_case (id),
    asked_by     INTEGER NOT NULL REFERENCES person (id),
    asked_at     TEXT NOT NULL,
    reason       BLOB NOT NULL,                -- sealed with the case
    state        TEXT NOT NULL DEFAULT 'asked',  -- asked | allowed | refused | read | expired
    decided_by   INTEGER REFERENCES person (id),
    decided_at   TEXT,
    read_at      TEXT
);
