-- A line whose goods lie there may still have the promise it was made before: only a day beside "there" would be two words.
ALTER TABLE waiting_line
    DROP CONSTRAINT waiting_line_word,
    ADD CONSTRAINT waiting_line_word CHECK (NOT (in_stock AND told_day IS NOT NULL));
