-- Tasks are taken in the order in which they came, and several come in one millisecond.
ALTER TABLE "task" ALTER COLUMN "created_at" SET DATA TYPE TIMESTAMPTZ(6);
ALTER TABLE "task" ALTER COLUMN "started_at" SET DATA TYPE TIMESTAMPTZ(6);
