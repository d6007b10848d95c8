-- CreateEnum
CREATE TYPE "task_state" AS ENUM ('waiting', 'running', 'succeeded', 'failed');

-- CreateTable
CREATE TABLE "executor" (
    "id" TEXT NOT NULL,
    "namespace_id" TEXT NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "legacy_name" TEXT COLLATE "C",
    "visibility" "visibility" NOT NULL,
    "secret_hash" TEXT,
    "current_commit_id" TEXT NOT NULL,
    "description" TEXT,
    "url" TEXT,
    "keywords" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "readme" TEXT,
    "size_bytes" BIGINT NOT NULL,
    "pulls" BIGINT NOT NULL DEFAULT 0,
    "deleted_at" TIMESTAMPTZ(3),
    "deleted_client" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "executor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "executor_commit" (
    "id" TEXT NOT NULL,
    "executor_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "blob_id" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "md5" TEXT NOT NULL,
    "content_digest" TEXT NOT NULL,
    "class_name" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "build_env" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "client" JSONB NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "executor_commit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "executor_tag" (
    "executor_id" TEXT NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "commit_id" TEXT NOT NULL,
    "is_protected" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "executor_tag_pkey" PRIMARY KEY ("executor_id","name")
);

-- CreateTable
CREATE TABLE "executor_pull" (
    "id" BIGSERIAL NOT NULL,
    "executor_id" TEXT NOT NULL,
    "commit_number" INTEGER NOT NULL,
    "user_id" TEXT,
    "client" TEXT NOT NULL,
    "address" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "is_counted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "executor_pull_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "executor_pull_day" (
    "executor_id" TEXT NOT NULL,
    "commit_number" INTEGER NOT NULL,
    "client" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "executor_pull_day_pkey" PRIMARY KEY ("executor_id","commit_number","client","day")
);

-- CreateTable
CREATE TABLE "task" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace_id" TEXT NOT NULL,
    "user_id" TEXT,
    "executor_id" TEXT,
    "name" TEXT COLLATE "C",
    "state" "task_state" NOT NULL DEFAULT 'waiting',
    "input" JSONB NOT NULL,
    "sealed" BYTEA,
    "blob_id" TEXT,
    "result" JSONB,
    "failure" JSONB,
    "request_id" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_event" (
    "task_id" TEXT NOT NULL,
    "sn" INTEGER NOT NULL,
    "dt_ms" INTEGER NOT NULL,
    "event" JSONB NOT NULL,

    CONSTRAINT "task_event_pkey" PRIMARY KEY ("task_id","sn")
);

-- CreateIndex
CREATE UNIQUE INDEX "executor_current_commit_id_key" ON "executor"("current_commit_id");

-- CreateIndex
CREATE INDEX "executor_commit_executor_id_content_digest_idx" ON "executor_commit"("executor_id", "content_digest");

-- CreateIndex
CREATE INDEX "executor_commit_blob_id_idx" ON "executor_commit"("blob_id");

-- CreateIndex
CREATE UNIQUE INDEX "executor_commit_executor_id_number_key" ON "executor_commit"("executor_id", "number");

-- CreateIndex
CREATE INDEX "executor_tag_commit_id_idx" ON "executor_tag"("commit_id");

-- CreateIndex
CREATE INDEX "executor_pull_executor_id_at_idx" ON "executor_pull"("executor_id", "at");

-- CreateIndex
CREATE INDEX "executor_pull_at_idx" ON "executor_pull"("at");

-- CreateIndex
CREATE INDEX "task_namespace_id_created_at_idx" ON "task"("namespace_id", "created_at");

-- CreateIndex
CREATE INDEX "task_executor_id_created_at_idx" ON "task"("executor_id", "created_at");

-- CreateIndex
CREATE INDEX "task_user_id_idx" ON "task"("user_id");

-- CreateIndex
CREATE INDEX "task_blob_id_idx" ON "task"("blob_id");

-- AddForeignKey
ALTER TABLE "executor" ADD CONSTRAINT "executor_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor" ADD CONSTRAINT "executor_current_commit_id_fkey" FOREIGN KEY ("current_commit_id") REFERENCES "executor_commit"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor_commit" ADD CONSTRAINT "executor_commit_executor_id_fkey" FOREIGN KEY ("executor_id") REFERENCES "executor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor_commit" ADD CONSTRAINT "executor_commit_blob_id_fkey" FOREIGN KEY ("blob_id") REFERENCES "blob"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor_tag" ADD CONSTRAINT "executor_tag_executor_id_fkey" FOREIGN KEY ("executor_id") REFERENCES "executor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor_tag" ADD CONSTRAINT "executor_tag_commit_id_fkey" FOREIGN KEY ("commit_id") REFERENCES "executor_commit"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor_pull" ADD CONSTRAINT "executor_pull_executor_id_fkey" FOREIGN KEY ("executor_id") REFERENCES "executor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor_pull_day" ADD CONSTRAINT "executor_pull_day_executor_id_fkey" FOREIGN KEY ("executor_id") REFERENCES "executor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_blob_id_fkey" FOREIGN KEY ("blob_id") REFERENCES "blob"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_event" ADD CONSTRAINT "task_event_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What follows is not expressible in schema.prisma.

-- An Executor and its newest commit are made in one transaction, and point at each other.
ALTER TABLE "executor" ALTER CONSTRAINT "executor_current_commit_id_fkey" DEFERRABLE INITIALLY DEFERRED;

CREATE UNIQUE INDEX "executor_live_name_key" ON "executor" ("namespace_id", "name") WHERE "deleted_at" IS NULL;
-- In the trash too: whoever takes the name of what somebody deleted would answer for it.
CREATE UNIQUE INDEX "executor_legacy_name_key" ON "executor" ("legacy_name") WHERE "legacy_name" IS NOT NULL;

-- Every sort of a person's list and of their trash.
CREATE INDEX "executor_by_created" ON "executor" ("namespace_id", "created_at", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "executor_by_updated" ON "executor" ("namespace_id", "updated_at", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "executor_by_size" ON "executor" ("namespace_id", "size_bytes", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "executor_by_pulls" ON "executor" ("namespace_id", "pulls", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "executor_by_visibility" ON "executor" ("namespace_id", "visibility", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "executor_in_trash" ON "executor" ("namespace_id", "deleted_at", "id") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "executor_old_trash" ON "executor" ("deleted_at") WHERE "deleted_at" IS NOT NULL;

-- What a worker looks for, and the housekeeping.
CREATE INDEX "task_ended" ON "task" ("ended_at") WHERE "ended_at" IS NOT NULL;
CREATE INDEX "task_open" ON "task" ("created_at", "id") WHERE "ended_at" IS NULL;
CREATE INDEX "executor_pull_uncounted" ON "executor_pull" ("executor_id") WHERE NOT "is_counted";

ALTER TABLE "executor"
    ADD CONSTRAINT "executor_id_form" CHECK ("id" ~ '^[0-9a-z]{8}$'),
    ADD CONSTRAINT "executor_name_length" CHECK (octet_length("name") BETWEEN 1 AND 255);
ALTER TABLE "task"
    ADD CONSTRAINT "task_state_facts" CHECK (
        CASE "state"
            WHEN 'running' THEN "lease_until" IS NOT NULL AND "ended_at" IS NULL
            WHEN 'waiting' THEN "ended_at" IS NULL
            ELSE "ended_at" IS NOT NULL AND "blob_id" IS NULL AND "sealed" IS NULL
        END);
