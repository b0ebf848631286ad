-- How many works, reports and violations a municipality has on a day: for summaries over many municipalities, where
-- counting rows takes too long. Triggers keep the numbers in the transaction of whatever changed them; a nightly recount
-- (storage/counters.py) proves them.

CREATE TABLE day_count (
    municipality_id INTEGER NOT NULL,
    day             TEXT NOT NULL,
    what            TEXT NOT NULL,           -- sitting | report:observer | report:school | violation
    state           TEXT NOT NULL,           -- of the sitting or report; '' for violations
    count           INTEGER NOT NULL,
    PRIMARY KEY (day, municipality_id, what, state)
);

CREATE TRIGGER day_count_report_new AFTER INSERT ON report
WHEN NEW.training = 0
BEGIN
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, s.date, 'report:' || NEW.kind, NEW.state, 1
        FROM sitting s JOIN school sc ON sc.id = s.school_id WHERE s.id = NEW.sitting_id
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
END;

CREATE TRIGGER day_count_report_changed AFTER UPDATE OF state, kind, training, sitting_id ON report
WHEN OLD.state <> NEW.state OR OLD.kind <> NEW.kind OR OLD.training <> NEW.training OR OLD.sitting_id <> NEW.sitting_id
BEGIN
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, s.date, 'report:' || OLD.kind, OLD.state, -1
        FROM sitting s JOIN school sc ON sc.id = s.school_id WHERE s.id = OLD.sitting_id AND OLD.training = 0
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, s.date, 'report:' || NEW.kind, NEW.state, 1
        FROM sitting s JOIN school sc ON sc.id = s.school_id WHERE s.id = NEW.sitting_id AND NEW.training = 0
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, s.date, 'violation', '', -COUNT(*)
        FROM sitting s JOIN school sc ON sc.id = s.school_id JOIN answer a ON a.report_number = OLD.number AND a.value = 'no'
        WHERE s.id = OLD.sitting_id AND OLD.training = 0 AND OLD.state IN ('submitted', 'verified')
        GROUP BY sc.municipality_id, s.date
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, s.date, 'violation', '', COUNT(*)
        FROM sitting s JOIN school sc ON sc.id = s.school_id JOIN answer a ON a.report_number = NEW.number AND a.value = 'no'
        WHERE s.id = NEW.sitting_id AND NEW.training = 0 AND NEW.state IN ('submitted', 'verified')
        GROUP BY sc.municipality_id, s.date
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
END;

CREATE TRIGGER day_count_report_gone AFTER DELETE ON report
WHEN OLD.training = 0
BEGIN
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, s.date, 'report:' || OLD.kind, OLD.state, -1
        FROM sitting s JOIN school sc ON sc.id = s.school_id WHERE s.id = OLD.sitting_id
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
END;

CREATE TRIGGER day_count_answer_new AFTER INSERT ON answer
WHEN NEW.value = 'no'
BEGIN
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, s.date, 'violation', '', 1
        FROM report r JOIN sitting s ON s.id = r.sitting_id JOIN school sc ON sc.id = s.school_id
        WHERE r.number = NEW.report_number AND r.training = 0 AND r.state IN ('submitted', 'verified')
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
END;

CREATE TRIGGER day_count_answer_changed AFTER UPDATE OF value ON answer
WHEN OLD.value <> NEW.value AND 'no' IN (OLD.value, NEW.value)
BEGIN
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, s.date, 'violation', '', CASE WHEN NEW.value = 'no' THEN 1 ELSE -1 END
        FROM report r JOIN sitting s ON s.id = r.sitting_id JOIN school sc ON sc.id = s.school_id
        WHERE r.number = NEW.report_number AND r.training = 0 AND r.state IN ('submitted', 'verified')
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
END;

CREATE TRIGGER day_count_answer_gone AFTER DELETE ON answer
WHEN OLD.value = 'no'
BEGIN
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, s.date, 'violation', '', -1
        FROM report r JOIN sitting s ON s.id = r.sitting_id JOIN school sc ON sc.id = s.school_id
        WHERE r.number = OLD.report_number AND r.training = 0 AND r.state IN ('submitted', 'verified')
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
END;

CREATE TRIGGER day_count_sitting_new AFTER INSERT ON sitting
BEGIN
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, NEW.date, 'sitting', NEW.state, 1 FROM school sc WHERE sc.id = NEW.school_id
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
END;

CREATE TRIGGER day_count_sitting_changed AFTER UPDATE OF state, date, school_id ON sitting
WHEN OLD.state <> NEW.state OR OLD.date <> NEW.date OR OLD.school_id <> NEW.school_id
BEGIN
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, OLD.date, 'sitting', OLD.state, -1 FROM school sc WHERE sc.id = OLD.school_id
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, NEW.date, 'sitting', NEW.state, 1 FROM school sc WHERE sc.id = NEW.school_id
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
END;

CREATE TRIGGER day_count_sitting_moved AFTER UPDATE OF date, school_id ON sitting
WHEN OLD.date <> NEW.date OR OLD.school_id <> NEW.school_id
BEGIN
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, OLD.date, 'report:' || r.kind, r.state, -COUNT(*)
        FROM report r JOIN school sc ON sc.id = OLD.school_id WHERE r.sitting_id = NEW.id AND r.training = 0
        GROUP BY sc.municipality_id, r.kind, r.state
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, OLD.date, 'violation', '', -COUNT(*)
        FROM report r JOIN school sc ON sc.id = OLD.school_id JOIN answer a ON a.report_number = r.number AND a.value = 'no'
        WHERE r.sitting_id = NEW.id AND r.training = 0 AND r.state IN ('submitted', 'verified') GROUP BY sc.municipality_id
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, NEW.date, 'report:' || r.kind, r.state, COUNT(*)
        FROM report r JOIN school sc ON sc.id = NEW.school_id WHERE r.sitting_id = NEW.id AND r.training = 0
        GROUP BY sc.municipality_id, r.kind, r.state
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, NEW.date, 'violation', '', COUNT(*)
        FROM report r JOIN school sc ON sc.id = NEW.school_id JOIN answer a ON a.report_number = r.number AND a.value = 'no'
        WHERE r.sitting_id = NEW.id AND r.training = 0 AND r.state IN ('submitted', 'verified') GROUP BY sc.municipality_id
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
END;

CREATE TRIGGER day_count_sitting_gone AFTER DELETE ON sitting
BEGIN
    INSERT INTO day_count (municipality_id, day, what, state, count)
        SELECT sc.municipality_id, OLD.date, 'sitting', OLD.state, -1 FROM school sc WHERE sc.id = OLD.school_id
        ON CONFLICT (day, municipality_id, what, state) DO UPDATE SET count = day_count.count + excluded.count;
END;

INSERT INTO day_count (municipality_id, day, what, state, count)
    SELECT sc.municipality_id, s.date, 'sitting', s.state, COUNT(*) FROM sitting s JOIN school sc ON sc.id = s.school_id
    GROUP BY sc.municipality_id, s.date, s.state;

INSERT INTO day_count (municipality_id, day, what, state, count)
    SELECT sc.municipality_id, s.date, 'report:' || r.kind, r.state, COUNT(*)
    FROM report r JOIN sitting s ON s.id = r.sitting_id JOIN school sc ON sc.id = s.school_id WHERE r.training = 0
    GROUP BY sc.municipality_id, s.date, r.kind, r.state;

INSERT INTO day_count (municipality_id, day, what, state, count)
    SELECT sc.municipality_id, s.date, 'violation', '', COUNT(*)
    FROM report r JOIN sitting s ON s.id = r.sitting_id JOIN school sc ON sc.id = s.school_id
    JOIN answer a ON a.report_number = r.number AND a.value = 'no'
    WHERE r.training = 0 AND r.state IN ('submitted', 'verified') GROUP BY sc.municipality_id, s.date;
