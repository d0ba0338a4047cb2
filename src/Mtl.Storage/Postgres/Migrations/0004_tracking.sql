-- All tables of schema version 4, the first one on PostgreSQL; versions are numbered as SQLite's. Times are UTC, in ticks of 100 ns since the year 1. Definitions are JSON.
-- Versions count the writes of a row. no grows with each row: it orders rows of the same time and stands for the run in the large tables. Texts sort by their bytes, as in SQLite.

CREATE TABLE experiments (
  no                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id                 text COLLATE "C" NOT NULL UNIQUE,
  name               text COLLATE "C" NOT NULL,
  artifact_location  text COLLATE "C" NOT NULL,
  created_at         bigint           NOT NULL,
  updated_at         bigint           NOT NULL,
  is_deleted         boolean          NOT NULL,
  version            bigint           NOT NULL,
  -- Last, so that a search need not read over it. Empty: clients only log to it.
  definition         text COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX live_experiment_names ON experiments (name) WHERE NOT is_deleted;

CREATE TABLE runs (
  no                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id                 text COLLATE "C" NOT NULL UNIQUE,
  experiment_id      text COLLATE "C" NOT NULL REFERENCES experiments (id),
  name               text COLLATE "C" NOT NULL,
  kind               text COLLATE "C" NOT NULL,
  created_at         bigint           NOT NULL,
  status             text COLLATE "C" NOT NULL,
  started_at         bigint,
  ended_at           bigint,
  deleted_at         bigint,
  owner              text COLLATE "C" NOT NULL,
  failure            text COLLATE "C" NOT NULL,
  threads            integer          NOT NULL,
  step               bigint           NOT NULL,
  total_steps        bigint           NOT NULL,
  epoch              integer          NOT NULL,
  epochs             integer          NOT NULL,
  training_seconds   double precision NOT NULL,
  lease_owner        text COLLATE "C",
  lease_expires_at   bigint,
  version            bigint           NOT NULL,
  -- The last sequence number given to a log line; it grows even when lines are dropped, so that a reader's place in the log stays right.
  log_sequence       bigint           NOT NULL DEFAULT 0,
  -- Last, so that a search need not read over it. Empty: a client logs it.
  definition         text COLLATE "C" NOT NULL
);
CREATE INDEX runs_by_creation ON runs (experiment_id, created_at, no);
CREATE INDEX runs_by_start ON runs (experiment_id, started_at, created_at, no);
CREATE INDEX runs_by_status ON runs (status);

-- A metric's history in a few numbers. least and greatest leave NaN out and are NULL while there is nothing else; NaN sorts behind every number.
-- open_chunks is the store's own: the chunks of metric_extremes that are not whole yet.
CREATE TABLE metric_series (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_no             bigint           NOT NULL REFERENCES runs (no),
  key                text COLLATE "C" NOT NULL,
  points             bigint           NOT NULL,
  last_step          bigint           NOT NULL,
  last_time          bigint           NOT NULL,
  last_value         double precision NOT NULL,
  least_step         bigint,
  least_time         bigint,
  least_value        double precision,
  greatest_step      bigint,
  greatest_time      bigint,
  greatest_value     double precision,
  open_chunks        bytea            NOT NULL,
  -- With the value, so that a search looks runs up in the index alone.
  UNIQUE (run_no, key) INCLUDE (last_value)
);

-- Clustered in the order of a history: a page of it is one range scan. Only the store of metrics writes here, with the series; no foreign key is checked at each point.
CREATE TABLE metric_points (
  series_id          bigint           NOT NULL,
  step               bigint           NOT NULL,
  time               bigint           NOT NULL,
  value              double precision NOT NULL,
  PRIMARY KEY (series_id, step, time, value)
);

-- The least and the greatest point of every 64 that were written one after the other (level 0), of every 512 (level 1), of every 4,096, 32,768 and 262,144, for charts of long histories.
CREATE TABLE metric_extremes (
  series_id          bigint           NOT NULL,
  level              integer          NOT NULL,
  step               bigint           NOT NULL,
  time               bigint           NOT NULL,
  value              double precision NOT NULL,
  PRIMARY KEY (series_id, level, step, time, value)
);
CREATE INDEX metric_series_by_last ON metric_series (key, last_value, run_no);

CREATE TABLE run_parameters (
  run_no             bigint           NOT NULL REFERENCES runs (no),
  key                text COLLATE "C" NOT NULL,
  value              text COLLATE "C" NOT NULL,
  PRIMARY KEY (run_no, key)
);
CREATE INDEX run_parameters_by_value ON run_parameters (key, substr(value, 1, 200), run_no);

CREATE TABLE run_datasets (
  run_no             bigint           NOT NULL REFERENCES runs (no),
  name               text COLLATE "C" NOT NULL,
  digest             text COLLATE "C" NOT NULL,
  source_type        text COLLATE "C" NOT NULL,
  source             text COLLATE "C" NOT NULL,
  schema             text COLLATE "C" NOT NULL,
  profile            text COLLATE "C" NOT NULL,
  tags               text COLLATE "C" NOT NULL,  -- JSON
  context            text COLLATE "C" NOT NULL,  -- the tag mlflow.data.context, for searches
  PRIMARY KEY (run_no, name, digest)
);

CREATE TABLE run_models (
  run_no             bigint           NOT NULL REFERENCES runs (no),
  is_output          boolean          NOT NULL,
  model_id           text COLLATE "C" NOT NULL,
  step               bigint           NOT NULL,
  PRIMARY KEY (run_no, is_output, model_id, step)
);

CREATE TABLE tags (
  kind               text COLLATE "C" NOT NULL,
  owner_id           text COLLATE "C" NOT NULL,
  key                text COLLATE "C" NOT NULL,
  value              text COLLATE "C" NOT NULL,
  PRIMARY KEY (kind, owner_id, key)
);
CREATE INDEX tags_by_value ON tags (kind, key, substr(value, 1, 200), owner_id);

CREATE TABLE registered_models (
  no                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name               text COLLATE "C" NOT NULL UNIQUE,
  description        text COLLATE "C" NOT NULL,
  created_at         bigint           NOT NULL,
  updated_at         bigint           NOT NULL,
  -- The last number given to a version; it stays when that version is removed.
  last_version       integer          NOT NULL
);

CREATE TABLE model_versions (
  no                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name               text COLLATE "C" NOT NULL REFERENCES registered_models (name) ON UPDATE CASCADE,
  version            integer          NOT NULL,
  run_id             text COLLATE "C" NOT NULL,  -- empty: of no run
  file               text COLLATE "C" NOT NULL,
  parity_error       double precision NOT NULL,
  sha256             text COLLATE "C" NOT NULL,
  created_at         bigint           NOT NULL,
  updated_at         bigint           NOT NULL,
  description        text COLLATE "C" NOT NULL,
  stage              text COLLATE "C" NOT NULL,
  source             text COLLATE "C" NOT NULL,
  run_link           text COLLATE "C" NOT NULL,
  model_id           text COLLATE "C" NOT NULL,
  owner              text COLLATE "C" NOT NULL,
  UNIQUE (name, version)
);
CREATE UNIQUE INDEX exports_of_runs ON model_versions (run_id) WHERE file <> '';

CREATE INDEX versions_of_runs ON model_versions (run_id);

CREATE TABLE model_aliases (
  name               text COLLATE "C" NOT NULL,
  alias              text COLLATE "C" NOT NULL,
  version            integer          NOT NULL,
  PRIMARY KEY (name, alias),
  FOREIGN KEY (name, version) REFERENCES model_versions (name, version) ON UPDATE CASCADE
);

CREATE TABLE logged_models (
  no                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id                 text COLLATE "C" NOT NULL UNIQUE,
  experiment_id      text COLLATE "C" NOT NULL REFERENCES experiments (id),
  name               text COLLATE "C" NOT NULL,
  model_type         text COLLATE "C" NOT NULL,
  source_run_id      text COLLATE "C" NOT NULL,
  status             text COLLATE "C" NOT NULL,
  created_at         bigint           NOT NULL,
  updated_at         bigint           NOT NULL
);
CREATE INDEX logged_models_by_creation ON logged_models (experiment_id, created_at, no);

CREATE TABLE logged_model_parameters (
  model_no           bigint           NOT NULL REFERENCES logged_models (no),
  key                text COLLATE "C" NOT NULL,
  value              text COLLATE "C" NOT NULL,
  PRIMARY KEY (model_no, key)
);

-- Points that clients log of a logged model; each is among its run's points as well. The dataset is empty where it was measured on none.
CREATE TABLE logged_model_metrics (
  model_no           bigint           NOT NULL REFERENCES logged_models (no),
  key                text COLLATE "C" NOT NULL,
  time               bigint           NOT NULL,
  step               bigint           NOT NULL,
  run_no             bigint           NOT NULL REFERENCES runs (no),
  dataset_name       text COLLATE "C" NOT NULL,
  dataset_digest     text COLLATE "C" NOT NULL,
  value              double precision NOT NULL,
  PRIMARY KEY (model_no, key, time, step, run_no, dataset_name, dataset_digest, value)
);
CREATE INDEX logged_model_metrics_of_runs ON logged_model_metrics (run_no);

CREATE TABLE datasets (
  no                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id                 text COLLATE "C" NOT NULL UNIQUE,
  name               text COLLATE "C" NOT NULL,
  path               text COLLATE "C" NOT NULL,
  is_owned           boolean          NOT NULL,
  bytes              bigint           NOT NULL,
  sha256             text COLLATE "C" NOT NULL,
  rows               bigint           NOT NULL,
  columns            integer          NOT NULL,
  created_at         bigint           NOT NULL
);

CREATE TABLE log_lines (
  run_id    text COLLATE "C" NOT NULL REFERENCES runs (id),
  sequence  bigint           NOT NULL,
  step      bigint           NOT NULL,
  time      bigint           NOT NULL,
  severity  text COLLATE "C" NOT NULL,
  message   text COLLATE "C" NOT NULL,
  PRIMARY KEY (run_id, sequence)
);
