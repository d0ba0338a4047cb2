CREATE TABLE model_versions (
  name          TEXT    NOT NULL,
  version       INTEGER NOT NULL,
  run_id        TEXT    NOT NULL UNIQUE REFERENCES runs (id),
  file          TEXT    NOT NULL,
  parity_error  REAL    NOT NULL,
  sha256        TEXT    NOT NULL,
  created_at    INTEGER NOT NULL,
  PRIMARY KEY (name, version)
);

CREATE TABLE model_aliases (
  name     TEXT    NOT NULL,
  alias    TEXT    NOT NULL,
  version  INTEGER NOT NULL,
  PRIMARY KEY (name, alias),
  FOREIGN KEY (name, version) REFERENCES model_versions (name, version)
);

CREATE TABLE datasets (
  id          TEXT    PRIMARY KEY,
  name        TEXT    NOT NULL,
  path        TEXT    NOT NULL,
  is_owned    INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,
  sha256      TEXT    NOT NULL,
  rows        INTEGER NOT NULL,
  columns     INTEGER NOT NULL,
  created_at  INTEGER NOT NULL
);
