-- One row per run and metric key, so that a point carries one small integer instead of both texts.
CREATE TABLE metric_series (
  id      INTEGER PRIMARY KEY,
  run_id  TEXT    NOT NULL REFERENCES runs (id),
  key     TEXT    NOT NULL,
  UNIQUE (run_id, key)
);

-- Clustered by series and step: a history is one range scan, the latest value one seek. A NULL value is NaN, which SQLite can't hold.
CREATE TABLE metric_points (
  series_id  INTEGER NOT NULL REFERENCES metric_series (id),
  step       INTEGER NOT NULL,
  value      REAL,
  time       INTEGER NOT NULL,
  PRIMARY KEY (series_id, step)
) WITHOUT ROWID;

CREATE TABLE log_lines (
  run_id    TEXT    NOT NULL REFERENCES runs (id),
  sequence  INTEGER NOT NULL,
  step      INTEGER NOT NULL,
  time      INTEGER NOT NULL,
  severity  TEXT    NOT NULL,
  message   TEXT    NOT NULL,
  PRIMARY KEY (run_id, sequence)
) WITHOUT ROWID;
