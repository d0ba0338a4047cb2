-- What people add to runs, experiments and models, and who outside is told of what happens.

CREATE TABLE comments (
  no          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          text COLLATE "C" NOT NULL UNIQUE,
  kind        text COLLATE "C" NOT NULL,
  owner_id    text COLLATE "C" NOT NULL,
  author      text COLLATE "C" NOT NULL,
  text        text COLLATE "C" NOT NULL,
  created_at  bigint           NOT NULL,
  edited_at   bigint
);
CREATE INDEX comments_of_owner ON comments (kind, owner_id, no);

CREATE TABLE favourites (
  user_name   text COLLATE "C" NOT NULL,
  kind        text COLLATE "C" NOT NULL,
  owner_id    text COLLATE "C" NOT NULL,
  created_at  bigint           NOT NULL,
  PRIMARY KEY (user_name, kind, owner_id)
);

-- What people added goes with the record, and along when a model is renamed.
CREATE FUNCTION forget_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM comments WHERE kind = TG_ARGV[0] AND owner_id = to_jsonb(OLD) ->> TG_ARGV[1];
  DELETE FROM favourites WHERE kind = TG_ARGV[0] AND owner_id = to_jsonb(OLD) ->> TG_ARGV[1];
  RETURN NULL;
END
$$;

CREATE FUNCTION follow_model() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE comments SET owner_id = NEW.name WHERE kind = 'RegisteredModel' AND owner_id = OLD.name;
  UPDATE favourites SET owner_id = NEW.name WHERE kind = 'RegisteredModel' AND owner_id = OLD.name;
  RETURN NULL;
END
$$;

CREATE TRIGGER forget_run AFTER DELETE ON runs FOR EACH ROW EXECUTE FUNCTION forget_record('Run', 'id');
CREATE TRIGGER forget_experiment AFTER DELETE ON experiments FOR EACH ROW EXECUTE FUNCTION forget_record('Experiment', 'id');
CREATE TRIGGER forget_model AFTER DELETE ON registered_models FOR EACH ROW EXECUTE FUNCTION forget_record('RegisteredModel', 'name');
CREATE TRIGGER follow_model AFTER UPDATE OF name ON registered_models FOR EACH ROW WHEN (NEW.name <> OLD.name) EXECUTE FUNCTION follow_model();

CREATE TABLE saved_views (
  id             text COLLATE "C" NOT NULL PRIMARY KEY,
  experiment_id  text COLLATE "C" NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
  name           text COLLATE "C" NOT NULL,
  query          text COLLATE "C" NOT NULL,
  created_by     text COLLATE "C" NOT NULL,
  created_at     bigint           NOT NULL,
  updated_at     bigint           NOT NULL,
  UNIQUE (experiment_id, name)
);

CREATE TABLE webhooks (
  id                text COLLATE "C" NOT NULL PRIMARY KEY,
  name              text COLLATE "C" NOT NULL,
  url               text COLLATE "C" NOT NULL,
  events            text COLLATE "C" NOT NULL,  -- separated by spaces
  experiment_id     text COLLATE "C" NOT NULL,  -- empty: of all
  model             text COLLATE "C" NOT NULL,  -- empty: of all
  protected_secret  text COLLATE "C" NOT NULL,
  is_active         boolean          NOT NULL,
  created_by        text COLLATE "C" NOT NULL,
  created_at        bigint           NOT NULL
);

-- What happened and has yet to be told. Written by the triggers below within the change itself, so that none is lost and none is told that did not happen.
CREATE TABLE webhook_events (
  sequence  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind      text COLLATE "C" NOT NULL,
  subject   text COLLATE "C" NOT NULL,
  detail    text COLLATE "C" NOT NULL,
  version   integer
);

CREATE TABLE webhook_deliveries (
  no          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          text COLLATE "C" NOT NULL UNIQUE,
  webhook_id  text COLLATE "C" NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  event       text COLLATE "C" NOT NULL,
  payload     text COLLATE "C" NOT NULL,
  status      text COLLATE "C" NOT NULL,
  attempts    integer          NOT NULL,
  created_at  bigint           NOT NULL,
  due_at      bigint           NOT NULL,
  outcome     text COLLATE "C" NOT NULL
);
CREATE INDEX due_deliveries ON webhook_deliveries (due_at) WHERE status = 'Waiting';
CREATE INDEX deliveries_of_webhook ON webhook_deliveries (webhook_id, no);

CREATE FUNCTION tell_of_ended_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM webhooks WHERE is_active) THEN
    INSERT INTO webhook_events (kind, subject, detail, version)
    VALUES (CASE NEW.status WHEN 'Completed' THEN 'run.finished' WHEN 'Failed' THEN 'run.failed' ELSE 'run.cancelled' END, NEW.id, '', NULL);
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION tell_of_moved_alias() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM webhooks WHERE is_active) THEN
    INSERT INTO webhook_events (kind, subject, detail, version) VALUES ('model.alias_moved', NEW.name, NEW.alias, NEW.version);
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER tell_of_ended_run AFTER UPDATE OF status ON runs
FOR EACH ROW WHEN (NEW.status <> OLD.status AND NEW.status IN ('Completed', 'Failed', 'Cancelled')) EXECUTE FUNCTION tell_of_ended_run();

CREATE TRIGGER tell_of_new_alias AFTER INSERT ON model_aliases FOR EACH ROW EXECUTE FUNCTION tell_of_moved_alias();

CREATE TRIGGER tell_of_moved_alias AFTER UPDATE OF version ON model_aliases
FOR EACH ROW WHEN (NEW.version <> OLD.version) EXECUTE FUNCTION tell_of_moved_alias();
