-- The plan, the people, the reports, and the two queues. Instants are UTC text `YYYY-MM-DDTHH:MM:SS.ffffffZ`
-- (fixed width, so that text order is time order); dates are `YYYY-MM-DD`; times of day are local `HH:MM`.

CREATE TABLE counter (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
);

CREATE TABLE setting (                       -- what a coordinator may change in chat; defaults live in the code
    name       TEXT PRIMARY KEY,
    value      TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by INTEGER
);

CREATE TABLE municipality (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    timezone TEXT NOT NULL
);

CREATE TABLE school (
    id              INTEGER PRIMARY KEY,
    municipality_id INTEGER NOT NULL REFERENCES municipality (id),
    short_name      TEXT NOT NULL,
    full_name       TEXT NOT NULL DEFAULT '',
    name_key        TEXT NOT NULL,           -- folded name: the identity of a school that has no login
    login           TEXT NOT NULL DEFAULT '',
    address         TEXT NOT NULL DEFAULT '',
    parallels       TEXT NOT NULL DEFAULT '',
    coordinator_name  TEXT NOT NULL DEFAULT '',
    coordinator_phone TEXT NOT NULL DEFAULT '',
    archived_at     TEXT,
    UNIQUE (municipality_id, name_key)
);

CREATE TABLE risk_mark (                     -- seen by coordinators only
    school_id INTEGER NOT NULL REFERENCES school (id),
    year      INTEGER NOT NULL,
    list      TEXT NOT NULL DEFAULT 'objectivity',
    procedure TEXT NOT NULL DEFAULT 'vpr',
    source    TEXT NOT NULL,
    added_at  TEXT NOT NULL,
    PRIMARY KEY (school_id, year, list, procedure)
);

CREATE TABLE person (
    id           INTEGER PRIMARY KEY,
    municipality_id INTEGER NOT NULL REFERENCES municipality (id),
    code         TEXT NOT NULL UNIQUE,       -- what others see: Н-017, К-003
    full_name    TEXT NOT NULL DEFAULT '',
    phone        TEXT NOT NULL DEFAULT '',   -- E.164
    sent_by      TEXT NOT NULL DEFAULT '',
    order_ref    TEXT NOT NULL DEFAULT '',
    remarks      TEXT NOT NULL DEFAULT '',
    adult_at     TEXT,
    rehearsed_at TEXT,
    trained_at   TEXT,
    created_at   TEXT NOT NULL,
    removed_at   TEXT
);
CREATE INDEX person_phone ON person (phone);

CREATE TABLE account (                       -- one person, several messengers
    platform     TEXT NOT NULL,
    user_id      INTEGER NOT NULL,
    chat_id      INTEGER NOT NULL,
    person_id    INTEGER NOT NULL REFERENCES person (id),
    linked_at    TEXT NOT NULL,
    unreachable_at TEXT,
    unreachable_why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (platform, user_id)
);
CREATE INDEX account_person ON account (person_id);

CREATE TABLE membership (
    id              INTEGER PRIMARY KEY,
    person_id       INTEGER NOT NULL REFERENCES person (id),
    role            TEXT NOT NULL,
    municipality_id INTEGER NOT NULL REFERENCES municipality (id),
    school_id       INTEGER REFERENCES school (id),
    granted_at      TEXT NOT NULL,
    granted_by      INTEGER REFERENCES person (id),
    approved_at     TEXT,
    revoked_at      TEXT,
    revoked_by      INTEGER REFERENCES person (id)
);
CREATE INDEX membership_person ON membership (person_id, revoked_at);
CREATE INDEX membership_role ON membership (role, municipality_id, school_id, revoked_at);

CREATE TABLE invite (
    id          INTEGER PRIMARY KEY,
    link_hmac   TEXT NOT NULL UNIQUE,        -- HMAC of the 128-bit deep-link token
    code_hmac   TEXT NOT NULL UNIQUE,        -- HMAC of the typed code
    role        TEXT NOT NULL,
    person_id   INTEGER NOT NULL REFERENCES person (id),
    school_id   INTEGER REFERENCES school (id),
    issued_by   INTEGER REFERENCES person (id),
    issued_at   TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    used_at     TEXT,
    used_platform TEXT,
    used_user_id  INTEGER,
    revoked_at  TEXT,
    declined_at TEXT
);
CREATE INDEX invite_person ON invite (person_id);

CREATE TABLE code_attempt (                  -- wrong codes of the last hour: per account and in all
    id       INTEGER PRIMARY KEY,
    account  TEXT NOT NULL,
    at       TEXT NOT NULL
);
CREATE INDEX code_attempt_at ON code_attempt (at);

CREATE TABLE consent (
    id         INTEGER PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES person (id),
    kind       TEXT NOT NULL,
    version    TEXT NOT NULL,
    text_hash  TEXT NOT NULL,
    platform   TEXT NOT NULL,
    chat_id    INTEGER NOT NULL,
    given_at   TEXT NOT NULL,
    withdrawn_at TEXT
);
CREATE INDEX consent_person ON consent (person_id, kind);

CREATE TABLE conflict (                      -- a declared interest: this person may not observe this school
    person_id   INTEGER NOT NULL REFERENCES person (id),
    school_id   INTEGER NOT NULL REFERENCES school (id),
    reason      TEXT NOT NULL,               -- imported | declared | works | children
    noted_at    TEXT NOT NULL,
    noted_by    INTEGER REFERENCES person (id),
    PRIMARY KEY (person_id, school_id)
);

CREATE TABLE sitting (
    id           INTEGER PRIMARY KEY,
    school_id    INTEGER NOT NULL REFERENCES school (id),
    procedure    TEXT NOT NULL DEFAULT 'vpr',
    class_name   TEXT NOT NULL,              -- 5А
    grade        INTEGER NOT NULL,
    subject      TEXT NOT NULL,
    date         TEXT NOT NULL,
    lesson       INTEGER,
    starts_at    TEXT NOT NULL DEFAULT '',   -- local HH:MM, '' when not told
    room         TEXT NOT NULL DEFAULT '',
    pupils       INTEGER,
    form         TEXT NOT NULL,              -- paper | computer
    duration_min INTEGER NOT NULL,
    state        TEXT NOT NULL DEFAULT 'planned',   -- planned | cancelled
    state_reason TEXT NOT NULL DEFAULT '',
    revision     INTEGER NOT NULL DEFAULT 1,
    created_at   TEXT NOT NULL,
    changed_at   TEXT NOT NULL,
    UNIQUE (school_id, class_name, subject, date)
);
CREATE INDEX sitting_date ON sitting (date, school_id);

CREATE TABLE assignment (
    id          INTEGER PRIMARY KEY,
    sitting_id  INTEGER NOT NULL REFERENCES sitting (id),
    person_id   INTEGER NOT NULL REFERENCES person (id),
    assigned_at TEXT NOT NULL,
    assigned_by INTEGER REFERENCES person (id),
    ended_at    TEXT,
    ended_why   TEXT NOT NULL DEFAULT '',
    arrival     TEXT NOT NULL DEFAULT '',    -- morning card: coming | late | cannot
    UNIQUE (sitting_id, person_id)
);
CREATE INDEX assignment_person ON assignment (person_id, ended_at);

-- The ledger. One row is one expected report; `state` is the only truth about it.
CREATE TABLE report (
    number        INTEGER PRIMARY KEY,       -- what people say: «отчёт 7315»
    kind          TEXT NOT NULL,             -- observer | school
    sitting_id    INTEGER NOT NULL REFERENCES sitting (id),
    person_id     INTEGER REFERENCES person (id),   -- NULL: a school report nobody answers for yet
    state         TEXT NOT NULL DEFAULT 'expected',
    state_reason  TEXT NOT NULL DEFAULT '',
    training      INTEGER NOT NULL DEFAULT 0,
    checklist     TEXT NOT NULL DEFAULT '',  -- name, version and form are frozen when the report is opened
    checklist_version TEXT NOT NULL DEFAULT '',
    form          TEXT NOT NULL DEFAULT 'short',    -- short | full
    addons        TEXT NOT NULL DEFAULT '',         -- codes of stages asked in full on top of the short form
    revision      INTEGER NOT NULL DEFAULT 0,
    version       INTEGER NOT NULL DEFAULT 0,       -- how often it was sent
    arrived_at    TEXT,
    started_at    TEXT,
    ended_at      TEXT,
    left_at       TEXT,
    listed        INTEGER,
    present       INTEGER,
    entered_by    INTEGER REFERENCES person (id),   -- «внесено со слов»
    due_at        TEXT NOT NULL,
    opened_at     TEXT,
    touched_at    TEXT,
    submitted_at  TEXT,
    verified_at   TEXT,
    created_at    TEXT NOT NULL,
    UNIQUE (sitting_id, person_id, kind)
);
CREATE INDEX report_person ON report (person_id, state);
CREATE INDEX report_sitting ON report (sitting_id, kind, state);

CREATE TABLE answer (
    report_number INTEGER NOT NULL REFERENCES report (number),
    item          TEXT NOT NULL,             -- А8
    value         TEXT NOT NULL,             -- yes | no | na
    comment       TEXT NOT NULL DEFAULT '',
    happened_at   TEXT,
    entered_at    TEXT NOT NULL,
    review        TEXT NOT NULL DEFAULT '',  -- confirmed | unconfirmed | clarify | measures
    review_note   TEXT NOT NULL DEFAULT '',
    reviewed_by   INTEGER REFERENCES person (id),
    reviewed_at   TEXT,
    PRIMARY KEY (report_number, item)
);
CREATE INDEX answer_violations ON answer (value, report_number, item);

CREATE TABLE report_version (                -- every sending, for ever
    report_number INTEGER NOT NULL REFERENCES report (number),
    version       INTEGER NOT NULL,
    content       TEXT NOT NULL,             -- canonical JSON
    sha256        TEXT NOT NULL,
    reason        TEXT NOT NULL DEFAULT '',
    submitted_at  TEXT NOT NULL,
    submitted_by  INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (report_number, version)
);

CREATE TABLE photo (
    id             INTEGER PRIMARY KEY,
    report_number  INTEGER REFERENCES report (number),    -- NULL: came out of nowhere, asked what it belongs to
    item           TEXT NOT NULL DEFAULT '',
    subject        TEXT NOT NULL DEFAULT '',              -- what is on it, chosen first
    person_id      INTEGER NOT NULL REFERENCES person (id),
    platform       TEXT NOT NULL,
    chat_id        INTEGER NOT NULL,
    message_id     INTEGER NOT NULL,
    media_group_id TEXT NOT NULL DEFAULT '',
    file_id        TEXT NOT NULL,
    file_unique_id TEXT NOT NULL,
    as_document    INTEGER NOT NULL DEFAULT 0,
    declared_size  INTEGER,
    state          TEXT NOT NULL DEFAULT 'pending',       -- pending | stored | refused | deleted
    state_reason   TEXT NOT NULL DEFAULT '',
    tries          INTEGER NOT NULL DEFAULT 0,
    next_try_at    TEXT NOT NULL,
    path           TEXT NOT NULL DEFAULT '',              -- relative to the data folder
    mime           TEXT NOT NULL DEFAULT '',
    size           INTEGER,
    width          INTEGER,
    height         INTEGER,
    sha256         TEXT NOT NULL DEFAULT '',              -- of the bytes as they arrived
    dhash          TEXT NOT NULL DEFAULT '',              -- difference hash: marks near duplicates
    received_at    TEXT NOT NULL,
    stored_at      TEXT,
    UNIQUE (platform, chat_id, message_id)
);
CREATE INDEX photo_report ON photo (report_number, state);
CREATE INDEX photo_pending ON photo (state, next_try_at);

CREATE TABLE alert (
    number        INTEGER PRIMARY KEY,
    report_number INTEGER REFERENCES report (number),
    sitting_id    INTEGER REFERENCES sitting (id),
    person_id     INTEGER NOT NULL REFERENCES person (id),
    kind          TEXT NOT NULL DEFAULT '',
    text          TEXT NOT NULL DEFAULT '',
    happened_at   TEXT,
    raised_at     TEXT NOT NULL,
    state         TEXT NOT NULL DEFAULT 'raised',  -- raised | accepted | recalled | false
    accepted_by   INTEGER REFERENCES person (id),
    accepted_at   TEXT,
    escalated_at  TEXT,
    source        TEXT NOT NULL UNIQUE             -- the tap or message that raised it: a repeat raises nothing
);

CREATE TABLE import_run (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,               -- schools | schedule | observers
    file_name   TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    file_path   TEXT NOT NULL,               -- relative to the data folder
    person_id   INTEGER REFERENCES person (id),
    state       TEXT NOT NULL DEFAULT 'checked',   -- checked | applied | cancelled | undone
    counts      TEXT NOT NULL DEFAULT '{}',
    undo        TEXT NOT NULL DEFAULT '',
    checked_at  TEXT NOT NULL,
    applied_at  TEXT,
    undone_at   TEXT
);

-- The durable inbox: a raw update is committed here before it is acknowledged to the messenger.
CREATE TABLE inbox (
    id          INTEGER PRIMARY KEY,
    platform    TEXT NOT NULL,
    bot_id      INTEGER NOT NULL,
    update_id   INTEGER NOT NULL,
    lane        TEXT NOT NULL,               -- one person's updates keep their order
    payload     BLOB NOT NULL,               -- sealed; emptied when handled
    received_at TEXT NOT NULL,
    state       TEXT NOT NULL DEFAULT 'new', -- new | done | quarantined
    tries       INTEGER NOT NULL DEFAULT 0,  -- handler failures
    crashes     INTEGER NOT NULL DEFAULT 0,  -- process deaths while it may have been in hand
    next_try_at TEXT,
    error       TEXT NOT NULL DEFAULT '',
    done_at     TEXT,
    UNIQUE (platform, bot_id, update_id)
);
CREATE INDEX inbox_open ON inbox (state, id);

-- The outbox: everything that is not the direct answer to a tap, written in the same transaction as its cause.
CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY,
    dedupe_key  TEXT NOT NULL UNIQUE,
    priority    INTEGER NOT NULL,            -- 0 alert, 1 hotline answer, 2 reminder, 3 broadcast
    repeat_class TEXT NOT NULL,              -- ordinary | critical | once: what to do when the outcome is unknown
    recipient   TEXT NOT NULL,               -- person:12 | chat:-100… | case:<random id>
    payload     TEXT NOT NULL,               -- what to render: JSON of a kind and ids, or a whole screen
    not_before  TEXT NOT NULL,
    state       TEXT NOT NULL DEFAULT 'pending',   -- pending | claimed | sent | uncertain | unreachable | failed | cancelled
    epoch       INTEGER NOT NULL DEFAULT 0,
    tries       INTEGER NOT NULL DEFAULT 0,
    uncertain   INTEGER NOT NULL DEFAULT 0,  -- how many outcomes of this message are unknown
    chat_id     INTEGER,
    message_id  INTEGER,
    error       TEXT NOT NULL DEFAULT '',
    created_at  TEXT NOT NULL,
    finished_at TEXT
);
CREATE INDEX outbox_open ON outbox (state, priority, not_before, id);
CREATE INDEX outbox_due ON outbox (state, not_before);

CREATE TABLE expectation (                   -- free text, number or photo awaited from a chat; ids only
    platform  TEXT NOT NULL,
    chat_id   INTEGER NOT NULL,
    user_id   INTEGER NOT NULL,
    state     TEXT NOT NULL,
    data      TEXT NOT NULL DEFAULT '{}',
    set_at    TEXT NOT NULL,
    PRIMARY KEY (platform, chat_id, user_id)
);

CREATE TABLE card (                          -- the live message of a task, so that it can be edited or replaced
    platform   TEXT NOT NULL,
    chat_id    INTEGER NOT NULL,
    name       TEXT NOT NULL,
    message_id INTEGER NOT NULL,
    digest     TEXT NOT NULL DEFAULT '',
    shown_at   TEXT NOT NULL,
    PRIMARY KEY (platform, chat_id, name)
);

CREATE TABLE chat_migration (
    old_chat_id INTEGER PRIMARY KEY,
    new_chat_id INTEGER NOT NULL,
    at          TEXT NOT NULL
);

CREATE TABLE instance (                      -- the lease: one running bot per database
    id         INTEGER PRIMARY KEY,
    epoch      INTEGER NOT NULL,
    owner      TEXT NOT NULL,
    beat_at    TEXT NOT NULL
);

CREATE TABLE audit (                         -- append-only, hash-chained
    seq       INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,
    person_id INTEGER,
    role      TEXT NOT NULL DEFAULT '',
    action    TEXT NOT NULL,
    object    TEXT NOT NULL,
    details   TEXT NOT NULL DEFAULT '{}',
    prev_mac  TEXT NOT NULL,
    mac       TEXT NOT NULL
);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
