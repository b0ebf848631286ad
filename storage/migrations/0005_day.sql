-- The day of a ВПР: when what was answered happened, which message said it, when a day takes no more corrections,
-- and what has been reminded.

CREATE TABLE report_stage (                  -- a report filled in after the lesson: when each stage was, asked once
    report_number INTEGER NOT NULL REFERENCES report (number),
    stage         TEXT NOT NULL,             -- code of the stage; '' = the report is filled in afterwards
    happened_at   TEXT,                      -- NULL: not remembered
    told_at       TEXT NOT NULL,
    PRIMARY KEY (report_number, stage)
);

CREATE TABLE typed_answer (                  -- the message behind an answer: editing it corrects the answer
    platform      TEXT NOT NULL,
    chat_id       INTEGER NOT NULL,
    message_id    INTEGER NOT NULL,
    report_number INTEGER NOT NULL REFERENCES report (number),
    item          TEXT NOT NULL,             -- '' = a whole dictated report
    PRIMARY KEY (platform, chat_id, message_id)
);

CREATE TABLE day_closing (                   -- a coordinator closed (or opened again) a day before its time
    municipality_id INTEGER NOT NULL REFERENCES municipality (id),
    day             TEXT NOT NULL,
    closed          INTEGER NOT NULL,
    changed_at      TEXT NOT NULL,
    changed_by      INTEGER REFERENCES person (id),
    PRIMARY KEY (municipality_id, day)
);

CREATE TABLE reminder (                      -- one rule reminds one person of one thing once a local day
    rule          TEXT NOT NULL,
    person_id     INTEGER NOT NULL REFERENCES person (id),
    day           TEXT NOT NULL,             -- the local date it belongs to
    subject       INTEGER NOT NULL,          -- the report's or sitting's number; 0 = the whole day
    sent_at       TEXT NOT NULL,
    PRIMARY KEY (rule, person_id, day, subject)
);

CREATE TABLE reminder_round (                -- a coordinator reminded everybody: the next time not before the cooldown
    id            INTEGER PRIMARY KEY,
    municipality_id INTEGER NOT NULL REFERENCES municipality (id),
    day           TEXT NOT NULL,
    asked_by      INTEGER NOT NULL REFERENCES person (id),
    asked_at      TEXT NOT NULL,
    reminded      INTEGER NOT NULL
);
CREATE INDEX reminder_round_day ON reminder_round (municipality_id, day, asked_at);
