-- The inbox in its order: live ones before those that ended, the newest first.
CREATE INDEX inbox_in_order ON inbox (unit, (CASE WHEN state = 'given' THEN 0 ELSE 1 END), arrived DESC, consent);
