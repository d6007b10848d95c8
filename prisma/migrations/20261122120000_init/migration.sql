-- CreateEnum
CREATE TYPE "namespace_kind" AS ENUM ('user', 'organisation');

-- CreateEnum
CREATE TYPE "visibility" AS ENUM ('public', 'private');

-- CreateEnum
CREATE TYPE "blob_state" AS ENUM ('provisional', 'committed', 'doomed');

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" TEXT NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "email" TEXT,
    "email_verified_at" TIMESTAMPTZ(3),
    "display_name" TEXT,
    "password_hash" TEXT,
    "is_admin" BOOLEAN NOT NULL DEFAULT false,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "user_id" TEXT NOT NULL,
    "user_agent" TEXT,
    "address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "namespace" (
    "id" TEXT NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "kind" "namespace_kind" NOT NULL DEFAULT 'user',
    "owner_id" TEXT,
    "quota_bytes" BIGINT NOT NULL,
    "retention_days" INTEGER,
    "used_bytes" BIGINT NOT NULL DEFAULT 0,
    "current_bytes" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "namespace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_token" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "name_pattern" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artifact" (
    "id" TEXT NOT NULL,
    "namespace_id" TEXT NOT NULL,
    "name" TEXT COLLATE "C",
    "legacy_name" TEXT COLLATE "C",
    "type" TEXT COLLATE "C",
    "visibility" "visibility" NOT NULL DEFAULT 'private',
    "current_version_id" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artifact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artifact_version" (
    "id" TEXT NOT NULL,
    "artifact_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "blob_id" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "documents" BIGINT,
    "meta_data_text" TEXT,
    "meta_data" JSONB,
    "client" JSONB NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artifact_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blob" (
    "id" TEXT NOT NULL,
    "namespace_id" TEXT NOT NULL,
    "store" TEXT NOT NULL,
    "state" "blob_state" NOT NULL DEFAULT 'provisional',
    "size_bytes" BIGINT NOT NULL DEFAULT 0,
    "sha256" BYTEA,
    "upload_id" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "doomed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blob_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "download" (
    "id" BIGSERIAL NOT NULL,
    "artifact_id" TEXT NOT NULL,
    "version_number" INTEGER NOT NULL,
    "user_id" TEXT,
    "client" TEXT NOT NULL,
    "address" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "download_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "download_day" (
    "artifact_id" TEXT NOT NULL,
    "version_number" INTEGER NOT NULL,
    "client" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "download_day_pkey" PRIMARY KEY ("artifact_id","version_number","client","day")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" TEXT,
    "token_id" TEXT,
    "namespace" TEXT,
    "action" TEXT NOT NULL,
    "target" TEXT,
    "address" TEXT,
    "client" TEXT,
    "request_id" TEXT,
    "detail" JSONB,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_name_key" ON "app_user"("name");

-- CreateIndex
CREATE UNIQUE INDEX "session_hash_key" ON "session"("hash");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "namespace_slug_key" ON "namespace"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "namespace_owner_id_key" ON "namespace"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "access_token_hash_key" ON "access_token"("hash");

-- CreateIndex
CREATE INDEX "access_token_expires_at_idx" ON "access_token"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "access_token_user_id_name_key" ON "access_token"("user_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "artifact_current_version_id_key" ON "artifact"("current_version_id");

-- CreateIndex
CREATE INDEX "artifact_version_blob_id_idx" ON "artifact_version"("blob_id");

-- CreateIndex
CREATE UNIQUE INDEX "artifact_version_artifact_id_number_key" ON "artifact_version"("artifact_id", "number");

-- CreateIndex
CREATE INDEX "download_artifact_id_at_idx" ON "download"("artifact_id", "at");

-- CreateIndex
CREATE INDEX "download_at_idx" ON "download"("at");

-- CreateIndex
CREATE INDEX "audit_event_at_idx" ON "audit_event"("at");

-- CreateIndex
CREATE INDEX "audit_event_namespace_at_idx" ON "audit_event"("namespace", "at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "namespace" ADD CONSTRAINT "namespace_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifact" ADD CONSTRAINT "artifact_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifact" ADD CONSTRAINT "artifact_current_version_id_fkey" FOREIGN KEY ("current_version_id") REFERENCES "artifact_version"("id") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- AddForeignKey
ALTER TABLE "artifact_version" ADD CONSTRAINT "artifact_version_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifact_version" ADD CONSTRAINT "artifact_version_blob_id_fkey" FOREIGN KEY ("blob_id") REFERENCES "blob"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "blob" ADD CONSTRAINT "blob_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "download" ADD CONSTRAINT "download_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "download_day" ADD CONSTRAINT "download_day_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is not expressible in schema.prisma.

-- One live artifact of a name in a namespace, on which the upsert of a push relies.
CREATE UNIQUE INDEX "artifact_live_name_key" ON "artifact" ("namespace_id", "name") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "artifact_legacy_name_key" ON "artifact" ("legacy_name") WHERE "deleted_at" IS NULL;

-- Every indexed sort of artifact.list, with the columns of its indexed filters.
CREATE INDEX "artifact_by_created" ON "artifact" ("namespace_id", "created_at", "id") INCLUDE ("type", "visibility") WHERE "deleted_at" IS NULL;
CREATE INDEX "artifact_by_updated" ON "artifact" ("namespace_id", "updated_at", "id") INCLUDE ("type", "visibility") WHERE "deleted_at" IS NULL;
CREATE INDEX "artifact_by_name" ON "artifact" ("namespace_id", "name", "id") INCLUDE ("type", "visibility") WHERE "deleted_at" IS NULL;
CREATE INDEX "artifact_by_size" ON "artifact" ("namespace_id", "size_bytes", "id") INCLUDE ("type", "visibility") WHERE "deleted_at" IS NULL;
CREATE INDEX "artifact_by_type" ON "artifact" ("namespace_id", "type", "id") INCLUDE ("visibility") WHERE "deleted_at" IS NULL;
CREATE INDEX "artifact_by_visibility" ON "artifact" ("namespace_id", "visibility", "id") INCLUDE ("type") WHERE "deleted_at" IS NULL;
CREATE INDEX "artifact_version_meta_data" ON "artifact_version" USING gin ("meta_data" jsonb_path_ops);

-- What the housekeeping loop looks for, every minute.
CREATE INDEX "artifact_expiring" ON "artifact" ("expires_at") WHERE "expires_at" IS NOT NULL AND "deleted_at" IS NULL;
CREATE INDEX "blob_abandoned" ON "blob" ("lease_until") WHERE "state" = 'provisional';
CREATE INDEX "blob_doomed" ON "blob" ("id", "doomed_at") WHERE "state" = 'doomed';
-- Bytes in flight of a namespace, which count against its quota.
CREATE INDEX "blob_in_flight" ON "blob" ("namespace_id") INCLUDE ("size_bytes") WHERE "state" = 'provisional';

CREATE INDEX "rate_limit_expire" ON "rate_limit" ("expire");

CREATE INDEX "app_user_email" ON "app_user" (lower("email"));
CREATE UNIQUE INDEX "app_user_verified_email_key" ON "app_user" (lower("email")) WHERE "email_verified_at" IS NOT NULL;

ALTER TABLE "namespace"
    ADD CONSTRAINT "namespace_slug_form" CHECK ("slug" ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
    ADD CONSTRAINT "namespace_bytes" CHECK ("used_bytes" >= "current_bytes" AND "current_bytes" >= 0 AND "quota_bytes" >= 0);
ALTER TABLE "artifact"
    ADD CONSTRAINT "artifact_name_length" CHECK (octet_length("name") BETWEEN 1 AND 255);
ALTER TABLE "blob"
    ADD CONSTRAINT "blob_state_facts" CHECK (
        CASE "state"
            WHEN 'provisional' THEN "lease_until" IS NOT NULL
            WHEN 'committed' THEN "sha256" IS NOT NULL
            ELSE "doomed_at" IS NOT NULL
        END);
