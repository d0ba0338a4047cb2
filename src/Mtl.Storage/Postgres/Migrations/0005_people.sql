-- Who may sign in, with what, and what they may do. Name keys are names in lower case. Things are named by kind and id.

CREATE TABLE users (
  id               text COLLATE "C" PRIMARY KEY,
  name             text COLLATE "C" NOT NULL,
  name_key         text COLLATE "C" NOT NULL UNIQUE,
  created_at       bigint           NOT NULL,
  is_administrator boolean          NOT NULL,
  is_disabled      boolean          NOT NULL,
  password_hash    text COLLATE "C" NOT NULL,
  external_id      text COLLATE "C" UNIQUE,
  last_sign_in_at  bigint,
  version          bigint           NOT NULL
);

-- Holds one row once the first user has been set up, so that two set-ups at once make one user.
CREATE TABLE first_user (
  one              integer          PRIMARY KEY CHECK (one = 1),
  user_id          text COLLATE "C" NOT NULL
);

CREATE TABLE teams (
  id               text COLLATE "C" PRIMARY KEY,
  name             text COLLATE "C" NOT NULL,
  name_key         text COLLATE "C" NOT NULL UNIQUE,
  created_at       bigint           NOT NULL
);

CREATE TABLE team_members (
  team_id          text COLLATE "C" NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
  user_id          text COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (team_id, user_id)
);

CREATE INDEX teams_of_member ON team_members (user_id);

CREATE TABLE sessions (
  id               text COLLATE "C" PRIMARY KEY,
  user_id          text COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at       bigint           NOT NULL,
  seen_at          bigint           NOT NULL,
  expires_at       bigint           NOT NULL,
  address          text COLLATE "C" NOT NULL
);

CREATE INDEX sessions_of_user ON sessions (user_id);

CREATE TABLE tokens (
  id               text COLLATE "C" PRIMARY KEY,
  user_id          text COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name             text COLLATE "C" NOT NULL,
  hash             text COLLATE "C" NOT NULL UNIQUE,
  scope            text COLLATE "C" NOT NULL,
  created_at       bigint           NOT NULL,
  expires_at       bigint,
  used_at          bigint
);

CREATE INDEX tokens_of_user ON tokens (user_id);

CREATE TABLE grants (
  kind             text COLLATE "C" NOT NULL,
  thing            text COLLATE "C" NOT NULL,
  principal_kind   text COLLATE "C" NOT NULL,
  principal_id     text COLLATE "C" NOT NULL,
  permission       text COLLATE "C" NOT NULL,
  PRIMARY KEY (kind, thing, principal_kind, principal_id)
);

CREATE INDEX grants_of_principal ON grants (principal_kind, principal_id, kind);

CREATE TABLE audit (
  id               bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  happened_at      bigint           NOT NULL,
  user_id          text COLLATE "C" NOT NULL,
  who              text COLLATE "C" NOT NULL,
  who_key          text COLLATE "C" NOT NULL,
  came_by          text COLLATE "C" NOT NULL,
  action           text COLLATE "C" NOT NULL,
  thing            text COLLATE "C" NOT NULL,
  detail           text COLLATE "C" NOT NULL,
  address          text COLLATE "C" NOT NULL,
  request_id       text COLLATE "C" NOT NULL
);

CREATE INDEX audit_of_person ON audit (who_key, id);

CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The audit log is only added to.'; END $$;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();
