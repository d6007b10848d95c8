-- CreateEnum
CREATE TYPE "deletion_cause" AS ENUM ('owner', 'expiry');

-- AlterTable
ALTER TABLE "artifact" ADD COLUMN     "deleted_client" TEXT,
ADD COLUMN     "deletion" "deletion_cause";

-- What follows is not expressible in schema.prisma.

ALTER TABLE "artifact"
    ADD CONSTRAINT "artifact_deletion" CHECK (("deleted_at" IS NULL) = ("deletion" IS NULL));

-- The trash of a namespace by time, and what the housekeeping looks for in all of them.
CREATE INDEX "artifact_trash" ON "artifact" ("namespace_id", "deleted_at", "id") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "artifact_trash_over" ON "artifact" ("deleted_at") WHERE "deleted_at" IS NOT NULL;
