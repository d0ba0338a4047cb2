-- Runs that clients log, several points of one step, summaries of metrics, tags, parameters, the model registry. Tables of records get a number (no) that grows with each row:
-- it orders rows of the same time and stands for the run in the large tables. Applied with foreign keys off, which are checked afterwards.

CREATE TABLE new_experiments (
  no                 INTEGER PRIMARY KEY,
  id                 TEXT    NOT NULL UNIQUE,
  name               TEXT    NOT NULL,
  artifact_location  TEXT    NOT NULL,
  created_at         INTEGER NOT NULL,
  updated_at         INTEGER NOT NULL,
  is_deleted         INTEGER NOT NULL,
  version            INTEGER NOT NULL,
  -- Last, so that a search need not read over it. Empty: clients only log to it.
  definition         TEXT    NOT NULL
);

INSERT INTO new_experiments SELECT rowid, id, name, '', created_at, updated_at, is_deleted, version, definition FROM experiments ORDER BY rowid;
DROP TABLE experiments;
ALTER TABLE new_experiments RENAME TO experiments;
CREATE UNIQUE INDEX live_experiment_names ON experiments (name) WHERE NOT is_deleted;

CREATE TABLE new_runs (
  no                 INTEGER PRIMARY KEY,
  id                 TEXT    NOT NULL UNIQUE,
  experiment_id      TEXT    NOT NULL REFERENCES experiments (id),
  name               TEXT    NOT NULL,
  kind               TEXT    NOT NULL,
  created_at         INTEGER NOT NULL,
  status             TEXT    NOT NULL,
  started_at         INTEGER,
  ended_at           INTEGER,
  deleted_at         INTEGER,
  owner              TEXT    NOT NULL,
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
  log_sequence       INTEGER NOT NULL DEFAULT 0,
  -- Last, so that a search need not read over it. Empty: a client logs it.
  definition         TEXT    NOT NULL
);

INSERT INTO new_runs
SELECT rowid, id, experiment_id, name, kind, created_at, status, started_at, ended_at, NULL, '', failure, threads,
       step, total_steps, epoch, epochs, training_seconds, lease_owner, lease_expires_at, version, log_sequence, definition
FROM runs ORDER BY rowid;
DROP TABLE runs;
ALTER TABLE new_runs RENAME TO runs;
CREATE INDEX runs_by_creation ON runs (experiment_id, created_at, no);
CREATE INDEX runs_by_start ON runs (experiment_id, started_at, created_at, no);
CREATE INDEX runs_by_status ON runs (status);

-- A metric's history in a few numbers. least and greatest leave NaN out and are NULL while there is nothing else; 'NaN' stands for NaN, which SQLite can't hold as a number,
-- and sorts behind every number. open_chunks is the store's own: the chunks of metric_extremes that are not whole yet.
CREATE TABLE new_metric_series (
  id              INTEGER PRIMARY KEY,
  run_no          INTEGER NOT NULL REFERENCES runs (no),
  key             TEXT    NOT NULL,
  points          INTEGER NOT NULL,
  last_step       INTEGER NOT NULL,
  last_time       INTEGER NOT NULL,
  last_value      REAL    NOT NULL,
  least_step      INTEGER,
  least_time      INTEGER,
  least_value     REAL,
  greatest_step   INTEGER,
  greatest_time   INTEGER,
  greatest_value  REAL,
  open_chunks     BLOB    NOT NULL,
  UNIQUE (run_no, key)
);

-- Clustered in the order of a history: a page of it is one range scan. Only the store of metrics writes here, with the series; no foreign key is checked at each point.
CREATE TABLE new_metric_points (
  series_id  INTEGER NOT NULL,
  step       INTEGER NOT NULL,
  time       INTEGER NOT NULL,
  value      REAL    NOT NULL,
  PRIMARY KEY (series_id, step, time, value)
) WITHOUT ROWID;

INSERT INTO new_metric_points SELECT series_id, step, time, coalesce(value, 'NaN') FROM metric_points ORDER BY series_id, step;

-- The least and the greatest point of every 64 that were written one after the other (level 0), of every 512 (level 1), of every 4,096, 32,768 and 262,144, for charts of long histories.
CREATE TABLE metric_extremes (
  series_id  INTEGER NOT NULL,
  level      INTEGER NOT NULL,
  step       INTEGER NOT NULL,
  time       INTEGER NOT NULL,
  value      REAL    NOT NULL,
  PRIMARY KEY (series_id, level, step, time, value)
) WITHOUT ROWID;

-- What is left over behind a series' last whole chunk counts as one, for open_chunks begin empty.
INSERT INTO metric_extremes
SELECT DISTINCT series_id, level, step, time, coalesce(value, 'NaN')
FROM (
  SELECT p.*, l.level, row_number() OVER (PARTITION BY series_id, level, place / size ORDER BY value IS NULL, value, step) AS from_least,
         row_number() OVER (PARTITION BY series_id, level, place / size ORDER BY value IS NULL, value DESC, step) AS from_greatest
  FROM (SELECT *, row_number() OVER (PARTITION BY series_id ORDER BY step) - 1 AS place, count(*) OVER (PARTITION BY series_id) AS points FROM metric_points) p
  JOIN (SELECT 0 AS level, 64 AS size UNION ALL VALUES (1, 512), (2, 4096), (3, 32768), (4, 262144)) l ON p.points >= l.size
)
WHERE from_least = 1 OR from_greatest = 1;

INSERT INTO new_metric_series
SELECT s.id, r.no, s.key, p.points, l.step, l.time, coalesce(l.value, 'NaN'), least.step, least.time, least.value, greatest.step, greatest.time, greatest.value, x''
FROM metric_series s
JOIN runs r ON r.id = s.run_id
JOIN (SELECT series_id, count(*) AS points, max(step) AS last_step FROM metric_points GROUP BY series_id) p ON p.series_id = s.id
JOIN metric_points l ON l.series_id = s.id AND l.step = p.last_step
LEFT JOIN metric_points least ON least.series_id = s.id
  AND least.step = (SELECT step FROM metric_points WHERE series_id = s.id AND value IS NOT NULL ORDER BY value, step LIMIT 1)
LEFT JOIN metric_points greatest ON greatest.series_id = s.id
  AND greatest.step = (SELECT step FROM metric_points WHERE series_id = s.id AND value IS NOT NULL ORDER BY value DESC, step LIMIT 1);

DROP TABLE metric_points;
ALTER TABLE new_metric_points RENAME TO metric_points;
DROP TABLE metric_series;
ALTER TABLE new_metric_series RENAME TO metric_series;
CREATE INDEX metric_series_by_last ON metric_series (key, last_value, run_no);

CREATE TABLE run_parameters (
  run_no  INTEGER NOT NULL REFERENCES runs (no),
  key     TEXT    NOT NULL,
  value   TEXT    NOT NULL,
  PRIMARY KEY (run_no, key)
) WITHOUT ROWID;

CREATE INDEX run_parameters_by_value ON run_parameters (key, substr(value, 1, 200), run_no);

CREATE TABLE run_datasets (
  run_no       INTEGER NOT NULL REFERENCES runs (no),
  name         TEXT    NOT NULL,
  digest       TEXT    NOT NULL,
  source_type  TEXT    NOT NULL,
  source       TEXT    NOT NULL,
  schema       TEXT    NOT NULL,
  profile      TEXT    NOT NULL,
  tags         TEXT    NOT NULL,  -- JSON
  context      TEXT    NOT NULL,  -- the tag mlflow.data.context, for searches
  PRIMARY KEY (run_no, name, digest)
) WITHOUT ROWID;

CREATE TABLE run_models (
  run_no     INTEGER NOT NULL REFERENCES runs (no),
  is_output  INTEGER NOT NULL,
  model_id   TEXT    NOT NULL,
  step       INTEGER NOT NULL,
  PRIMARY KEY (run_no, is_output, model_id, step)
) WITHOUT ROWID;

CREATE TABLE tags (
  kind      TEXT NOT NULL,
  owner_id  TEXT NOT NULL,
  key       TEXT NOT NULL,
  value     TEXT NOT NULL,
  PRIMARY KEY (kind, owner_id, key)
) WITHOUT ROWID;

CREATE INDEX tags_by_value ON tags (kind, key, substr(value, 1, 200), owner_id);

CREATE TABLE registered_models (
  no            INTEGER PRIMARY KEY,
  name          TEXT    NOT NULL UNIQUE,
  description   TEXT    NOT NULL,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  -- The last number given to a version; it stays when that version is removed.
  last_version  INTEGER NOT NULL
);

INSERT INTO registered_models (name, description, created_at, updated_at, last_version)
SELECT name, '', min(created_at), max(created_at), max(version) FROM model_versions GROUP BY name ORDER BY min(rowid);

CREATE TABLE new_model_versions (
  no            INTEGER PRIMARY KEY,
  name          TEXT    NOT NULL REFERENCES registered_models (name) ON UPDATE CASCADE,
  version       INTEGER NOT NULL,
  run_id        TEXT    NOT NULL,  -- empty: of no run
  file          TEXT    NOT NULL,
  parity_error  REAL    NOT NULL,
  sha256        TEXT    NOT NULL,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  description   TEXT    NOT NULL,
  stage         TEXT    NOT NULL,
  source        TEXT    NOT NULL,
  run_link      TEXT    NOT NULL,
  model_id      TEXT    NOT NULL,
  owner         TEXT    NOT NULL,
  UNIQUE (name, version)
);

INSERT INTO new_model_versions
SELECT rowid, name, version, run_id, file, parity_error, sha256, created_at, created_at, '', 'None', '', '', '', '' FROM model_versions ORDER BY rowid;
DROP TABLE model_versions;
ALTER TABLE new_model_versions RENAME TO model_versions;
CREATE UNIQUE INDEX exports_of_runs ON model_versions (run_id) WHERE file <> '';
CREATE INDEX versions_of_runs ON model_versions (run_id);

CREATE TABLE new_model_aliases (
  name     TEXT    NOT NULL,
  alias    TEXT    NOT NULL,
  version  INTEGER NOT NULL,
  PRIMARY KEY (name, alias),
  FOREIGN KEY (name, version) REFERENCES model_versions (name, version) ON UPDATE CASCADE
);

INSERT INTO new_model_aliases SELECT name, alias, version FROM model_aliases;
DROP TABLE model_aliases;
ALTER TABLE new_model_aliases RENAME TO model_aliases;

CREATE TABLE logged_models (
  no             INTEGER PRIMARY KEY,
  id             TEXT    NOT NULL UNIQUE,
  experiment_id  TEXT    NOT NULL REFERENCES experiments (id),
  name           TEXT    NOT NULL,
  model_type     TEXT    NOT NULL,
  source_run_id  TEXT    NOT NULL,
  status         TEXT    NOT NULL,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL
);

CREATE INDEX logged_models_by_creation ON logged_models (experiment_id, created_at, no);

CREATE TABLE logged_model_parameters (
  model_no  INTEGER NOT NULL REFERENCES logged_models (no),
  key       TEXT    NOT NULL,
  value     TEXT    NOT NULL,
  PRIMARY KEY (model_no, key)
) WITHOUT ROWID;

-- Points that clients log of a logged model; each is among its run's points as well. The dataset is empty where it was measured on none.
CREATE TABLE logged_model_metrics (
  model_no        INTEGER NOT NULL REFERENCES logged_models (no),
  key             TEXT    NOT NULL,
  time            INTEGER NOT NULL,
  step            INTEGER NOT NULL,
  run_no          INTEGER NOT NULL REFERENCES runs (no),
  dataset_name    TEXT    NOT NULL,
  dataset_digest  TEXT    NOT NULL,
  value           REAL    NOT NULL,
  PRIMARY KEY (model_no, key, time, step, run_no, dataset_name, dataset_digest, value)
) WITHOUT ROWID;

CREATE INDEX logged_model_metrics_of_runs ON logged_model_metrics (run_no);

CREATE TABLE new_datasets (
  no          INTEGER PRIMARY KEY,
  id          TEXT    NOT NULL UNIQUE,
  name        TEXT    NOT NULL,
  path        TEXT    NOT NULL,
  is_owned    INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,
  sha256      TEXT    NOT NULL,
  rows        INTEGER NOT NULL,
  columns     INTEGER NOT NULL,
  created_at  INTEGER NOT NULL
);

INSERT INTO new_datasets SELECT rowid, id, name, path, is_owned, bytes, sha256, rows, columns, created_at FROM datasets ORDER BY rowid;
DROP TABLE datasets;
ALTER TABLE new_datasets RENAME TO datasets;
