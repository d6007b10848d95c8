-- AlterTable
ALTER TABLE "artifact" ADD COLUMN "documents" BIGINT;

UPDATE "artifact" a SET "documents" = v."documents"
FROM "artifact_version" v WHERE v."id" = a."current_version_id" AND v."documents" IS NOT NULL;

-- What follows is not expressible in schema.prisma.

-- Two more sorts of the Storage page. What has no count comes after all counts when the largest are first; what is kept
-- for ever comes after all dates. The second also finds what expires soon.
CREATE INDEX "artifact_by_documents" ON "artifact" ("namespace_id", (coalesce("documents", -1)), "id") INCLUDE ("type", "visibility") WHERE "deleted_at" IS NULL;
CREATE INDEX "artifact_by_expiry" ON "artifact" ("namespace_id", "expires_at", "id") INCLUDE ("type", "visibility") WHERE "deleted_at" IS NULL;
