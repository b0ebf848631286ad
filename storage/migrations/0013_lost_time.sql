-- Times of which this file knows nothing, because an older copy was put back: what a button named then may be another
-- row by now.
CREATE TABLE lost_time (
    since TEXT NOT NULL,                     -- the last that the copy knew
    until TEXT NOT NULL                      -- when it was put back
);
