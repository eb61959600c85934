-- When a customer's own name was told, by the network's clock: the newest wins, in whatever order the events come.

ALTER TABLE contact ADD COLUMN profile_at INTEGER NOT NULL DEFAULT 0;
