-- A file that could not be sent for the messenger's sake is made and sent later.

ALTER TABLE export_job ADD COLUMN not_before TEXT NOT NULL DEFAULT '';        -- while queued: not before this moment
ALTER TABLE export_job ADD COLUMN postponed INTEGER NOT NULL DEFAULT 0;       -- how often it was put off
