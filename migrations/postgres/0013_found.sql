-- What an erase looks for, and which erasures are due: both else walked through whole tables while everyone who writes waits.
CREATE INDEX leaf_by_owner ON leaf (owner) WHERE owner IS NOT NULL;
CREATE INDEX inbox_by_owner ON inbox (owner);
CREATE INDEX consent_by_unit ON consent (unit);
CREATE INDEX owner_by_erasure ON owner (erase_after) WHERE erase_after IS NOT NULL;
