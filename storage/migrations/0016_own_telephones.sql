-- A telephone that the person put right themselves is their own word: a table that names it gives them no role by it.

ALTER TABLE person ADD COLUMN phone_is_own_word INTEGER NOT NULL DEFAULT 0;
UPDATE person SET phone_is_own_word = 1 WHERE 'person:' || id IN
    (SELECT object FROM audit WHERE action = 'correct_own_data' AND details LIKE '%"phone"%');
