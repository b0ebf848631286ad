-- An invitation that was opened by somebody known as another person is used, and waits for their answer; one that let
-- somebody in, or was taken as a further role, is settled: it gives nothing any more.

ALTER TABLE invite ADD COLUMN settled_at TEXT;
UPDATE invite SET settled_at = used_at
    WHERE used_at IS NOT NULL AND 'invite:' || id IN (SELECT object FROM audit WHERE action = 'redeem');
