-- What people add to runs, experiments and models, and who outside is told of what happens.

CREATE TABLE comments (
  no          INTEGER PRIMARY KEY,
  id          TEXT    NOT NULL UNIQUE,
  kind        TEXT    NOT NULL,
  owner_id    TEXT    NOT NULL,
  author      TEXT    NOT NULL,
  text        TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  edited_at   INTEGER
);
CREATE INDEX comments_of_owner ON comments (kind, owner_id, no);

CREATE TABLE favourites (
  user_name   TEXT    NOT NULL,
  kind        TEXT    NOT NULL,
  owner_id    TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (user_name, kind, owner_id)
) WITHOUT ROWID;

-- What people added goes with the record, and along when a model is renamed.
CREATE TRIGGER forget_run AFTER DELETE ON runs
BEGIN
  DELETE FROM comments WHERE kind = 'Run' AND owner_id = OLD.id;
  DELETE FROM favourites WHERE kind = 'Run' AND owner_id = OLD.id;
END;

CREATE TRIGGER forget_experiment AFTER DELETE ON experiments
BEGIN
  DELETE FROM comments WHERE kind = 'Experiment' AND owner_id = OLD.id;
  DELETE FROM favourites WHERE kind = 'Experiment' AND owner_id = OLD.id;
END;

CREATE TRIGGER forget_model AFTER DELETE ON registered_models
BEGIN
  DELETE FROM comments WHERE kind = 'RegisteredModel' AND owner_id = OLD.name;
  DELETE FROM favourites WHERE kind = 'RegisteredModel' AND owner_id = OLD.name;
END;

CREATE TRIGGER follow_model AFTER UPDATE OF name ON registered_models WHEN NEW.name <> OLD.name
BEGIN
  UPDATE comments SET owner_id = NEW.name WHERE kind = 'RegisteredModel' AND owner_id = OLD.name;
  UPDATE favourites SET owner_id = NEW.name WHERE kind = 'RegisteredModel' AND owner_id = OLD.name;
END;

CREATE TABLE saved_views (
  id             TEXT    NOT NULL PRIMARY KEY,
  experiment_id  TEXT    NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
  name           TEXT    NOT NULL,
  query          TEXT    NOT NULL,
  created_by     TEXT    NOT NULL,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  UNIQUE (experiment_id, name)
) WITHOUT ROWID;

CREATE TABLE webhooks (
  id                TEXT    NOT NULL PRIMARY KEY,
  name              TEXT    NOT NULL,
  url               TEXT    NOT NULL,
  events            TEXT    NOT NULL,  -- separated by spaces
  experiment_id     TEXT    NOT NULL,  -- empty: of all
  model             TEXT    NOT NULL,  -- empty: of all
  protected_secret  TEXT    NOT NULL,
  is_active         INTEGER NOT NULL,
  created_by        TEXT    NOT NULL,
  created_at        INTEGER NOT NULL
) WITHOUT ROWID;

-- What happened and has yet to be told. Written by the triggers below within the change itself, so that none is lost and none is told that did not happen.
CREATE TABLE webhook_events (
  sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
  kind      TEXT    NOT NULL,
  subject   TEXT    NOT NULL,
  detail    TEXT    NOT NULL,
  version   INTEGER
);

CREATE TABLE webhook_deliveries (
  no          INTEGER PRIMARY KEY,
  id          TEXT    NOT NULL UNIQUE,
  webhook_id  TEXT    NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  event       TEXT    NOT NULL,
  payload     TEXT    NOT NULL,
  status      TEXT    NOT NULL,
  attempts    INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  due_at      INTEGER NOT NULL,
  outcome     TEXT    NOT NULL
);
CREATE INDEX due_deliveries ON webhook_deliveries (due_at) WHERE status = 'Waiting';
CREATE INDEX deliveries_of_webhook ON webhook_deliveries (webhook_id, no);

CREATE TRIGGER tell_of_ended_run AFTER UPDATE OF status ON runs
WHEN NEW.status <> OLD.status AND NEW.status IN ('Completed', 'Failed', 'Cancelled') AND EXISTS (SELECT 1 FROM webhooks WHERE is_active)
BEGIN
  INSERT INTO webhook_events (kind, subject, detail, version)
  VALUES (CASE NEW.status WHEN 'Completed' THEN 'run.finished' WHEN 'Failed' THEN 'run.failed' ELSE 'run.cancelled' END, NEW.id, '', NULL);
END;

CREATE TRIGGER tell_of_new_alias AFTER INSERT ON model_aliases
WHEN EXISTS (SELECT 1 FROM webhooks WHERE is_active)
BEGIN
  INSERT INTO webhook_events (kind, subject, detail, version) VALUES ('model.alias_moved', NEW.name, NEW.alias, NEW.version);
END;

CREATE TRIGGER tell_of_moved_alias AFTER UPDATE OF version ON model_aliases
WHEN NEW.version <> OLD.version AND EXISTS (SELECT 1 FROM webhooks WHERE is_active)
BEGIN
  INSERT INTO webhook_events (kind, subject, detail, version) VALUES ('model.alias_moved', NEW.name, NEW.alias, NEW.version);
END;
