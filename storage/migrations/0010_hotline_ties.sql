-- What a case of the hotline led to: one violation of its report, and a decision. Reasons for keeping a text longer are words
-- of staff about a case: they are sealed with its messages from now on, the column says only that there is one.
ALTER TABLE hotline_case ADD COLUMN violation TEXT NOT NULL DEFAULT '';  -- code of the item, with report_number
ALTER TABLE hotline_case ADD COLUMN decision BLOB;                       -- sealed with the key of the case
UPDATE hotline_case SET hold_reason = 'held' WHERE hold_reason <> '';
CREATE INDEX hotline_case_report ON hotline_case (report_number);
