-- What the page shows of a push that is arriving, and its owner's wish that it stops.
ALTER TABLE "blob"
  ADD COLUMN "received_bytes" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "head" BYTEA,
  ADD COLUMN "is_stopped" BOOLEAN NOT NULL DEFAULT false;
