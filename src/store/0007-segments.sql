-- Groups of people by rule or by hand.

-- Quick replies may bring files: a JSON array of {"name", "hash"}; the files lie in the media folder under their hash.
ALTER TABLE quick_reply ADD COLUMN files TEXT;
