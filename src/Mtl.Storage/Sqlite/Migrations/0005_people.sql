-- Who may sign in, with what, and what they may do. Name keys are names in lower case. Things are named by kind and id.

CREATE TABLE users (
  id               TEXT    PRIMARY KEY,
  name             TEXT    NOT NULL,
  name_key         TEXT    NOT NULL UNIQUE,
  created_at       INTEGER NOT NULL,
  is_administrator INTEGER NOT NULL,
  is_disabled      INTEGER NOT NULL,
  password_hash    TEXT    NOT NULL,
  external_id      TEXT    UNIQUE,
  last_sign_in_at  INTEGER,
  version          INTEGER NOT NULL
);

-- Holds one row once the first user has been set up, so that two set-ups at once make one user.
CREATE TABLE first_user (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  user_id  TEXT    NOT NULL
);

CREATE TABLE teams (
  id          TEXT    PRIMARY KEY,
  name        TEXT    NOT NULL,
  name_key    TEXT    NOT NULL UNIQUE,
  created_at  INTEGER NOT NULL
);

CREATE TABLE team_members (
  team_id  TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
  user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (team_id, user_id)
);

CREATE INDEX teams_of_member ON team_members (user_id);

CREATE TABLE sessions (
  id          TEXT    PRIMARY KEY,
  user_id     TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at  INTEGER NOT NULL,
  seen_at     INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  address     TEXT    NOT NULL
);

CREATE INDEX sessions_of_user ON sessions (user_id);

CREATE TABLE tokens (
  id          TEXT    PRIMARY KEY,
  user_id     TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name        TEXT    NOT NULL,
  hash        TEXT    NOT NULL UNIQUE,
  scope       TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER,
  used_at     INTEGER
);

CREATE INDEX tokens_of_user ON tokens (user_id);

CREATE TABLE grants (
  kind            TEXT NOT NULL,
  thing           TEXT NOT NULL,
  principal_kind  TEXT NOT NULL,
  principal_id    TEXT NOT NULL,
  permission      TEXT NOT NULL,
  PRIMARY KEY (kind, thing, principal_kind, principal_id)
);

CREATE INDEX grants_of_principal ON grants (principal_kind, principal_id, kind);

CREATE TABLE audit (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  happened_at INTEGER NOT NULL,
  user_id     TEXT    NOT NULL,
  who         TEXT    NOT NULL,
  who_key     TEXT    NOT NULL,
  came_by     TEXT    NOT NULL,
  action      TEXT    NOT NULL,
  thing       TEXT    NOT NULL,
  detail      TEXT    NOT NULL,
  address     TEXT    NOT NULL,
  request_id  TEXT    NOT NULL
);

CREATE INDEX audit_of_person ON audit (who_key, id);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'The audit log is only added to.'); END;
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'The audit log is only added to.'); END;
