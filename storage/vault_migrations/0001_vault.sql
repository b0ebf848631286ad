-- The vault: keys, the way back to a writer, contacts and drafts. Its own file and its own backups of a few days, so that
-- a case that is deleted here is unreadable in every older backup of the main database. Every blob is sealed.

CREATE TABLE case_key (
    case_id     TEXT PRIMARY KEY,
    wrapped     BLOB NOT NULL,               -- the case's own key, sealed with the key of this version
    key_version INTEGER NOT NULL,
    made_at     TEXT NOT NULL
);
CREATE INDEX case_key_version ON case_key (key_version);

CREATE TABLE case_route (                    -- for «имя скрыто» and «контакт»; read by delivery only
    case_id     TEXT PRIMARY KEY,
    wrapped     BLOB NOT NULL,               -- a second key of the case
    sealed      BLOB NOT NULL,               -- platform, user and chat
    key_version INTEGER NOT NULL
);

CREATE TABLE case_contact (
    case_id     TEXT PRIMARY KEY,
    wrapped     BLOB NOT NULL,
    sealed      BLOB NOT NULL,
    key_version INTEGER NOT NULL,
    consent_version TEXT NOT NULL,
    consent_hash TEXT NOT NULL,
    given_at    TEXT NOT NULL
);

CREATE TABLE case_receipt (
    case_id TEXT PRIMARY KEY,
    hash    TEXT NOT NULL UNIQUE             -- Argon2id of the 16 digits
);

CREATE TABLE draft (                         -- before it is a case; at most a day
    owner       TEXT PRIMARY KEY,            -- keyed hash of the account
    case_id     TEXT NOT NULL UNIQUE,        -- becomes the id of the case
    sealed      BLOB NOT NULL,
    changed_at  TEXT NOT NULL
);

CREATE TABLE draft_message (
    case_id TEXT NOT NULL REFERENCES draft (case_id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    source  TEXT NOT NULL UNIQUE,            -- keyed hash of the update
    sealed  BLOB NOT NULL,
    PRIMARY KEY (case_id, seq)
);

CREATE TABLE awaiting (                      -- free text awaited from a writer's chat; a day at most
    owner  TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    set_at TEXT NOT NULL
);

CREATE TABLE ban (                           -- whoever floods: the keyed hash of an account, nothing more
    owner TEXT PRIMARY KEY,
    until TEXT NOT NULL
);
