-- The trash sorted by each of its columns; "artifact_trash" has it by time. Not expressible in schema.prisma.
CREATE INDEX "artifact_trash_by_name" ON "artifact" ("namespace_id", "name", "id") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "artifact_trash_by_documents" ON "artifact" ("namespace_id", (coalesce("documents", -1)), "id") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "artifact_trash_by_size" ON "artifact" ("namespace_id", "size_bytes", "id") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "artifact_trash_by_client" ON "artifact" ("namespace_id", (coalesce("deleted_client", '')), "id") WHERE "deleted_at" IS NOT NULL;
