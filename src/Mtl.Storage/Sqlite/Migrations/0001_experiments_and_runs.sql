-- Times are UTC, in ticks of 100 ns since the year 1. Definitions are JSON. Versions count the writes of a row.

CREATE TABLE experiments (
  id          TEXT    PRIMARY KEY,
  name        TEXT    NOT NULL,
  definition  TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  is_deleted  INTEGER NOT NULL,
  version     INTEGER NOT NULL
);

CREATE UNIQUE INDEX live_experiment_names ON experiments (name) WHERE is_deleted = 0;

CREATE TABLE runs (
  id                 TEXT    PRIMARY KEY,
  experiment_id      TEXT    NOT NULL REFERENCES experiments (id),
  name               TEXT    NOT NULL,
  kind               TEXT    NOT NULL,
  definition         TEXT    NOT NULL,
  created_at         INTEGER NOT NULL,
  status             TEXT    NOT NULL,
  started_at         INTEGER,
  ended_at           INTEGER,
  failure            TEXT    NOT NULL,
  threads            INTEGER NOT NULL,
  step               INTEGER NOT NULL,
  total_steps        INTEGER NOT NULL,
  epoch              INTEGER NOT NULL,
  epochs             INTEGER NOT NULL,
  training_seconds   REAL    NOT NULL,
  lease_owner        TEXT,
  lease_expires_at   INTEGER,
  version            INTEGER NOT NULL,
  -- The last sequence number given to a log line; it grows even when lines are dropped, so that a reader's place in the log stays right.
  log_sequence       INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX runs_of_experiment ON runs (experiment_id, created_at);
CREATE INDEX unfinished_runs ON runs (status) WHERE status IN ('Queued', 'Running');
