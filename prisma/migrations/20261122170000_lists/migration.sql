-- CreateTable
CREATE TABLE "artifact_tally" (
    "id" BIGSERIAL NOT NULL,
    "namespace_id" TEXT NOT NULL,
    "type" TEXT COLLATE "C",
    "visibility" "visibility" NOT NULL,
    "artifacts" BIGINT NOT NULL,

    CONSTRAINT "artifact_tally_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "artifact_tally_namespace_id_idx" ON "artifact_tally"("namespace_id");

-- What follows is not expressible in schema.prisma.

-- Each change of what a namespace holds adds a row; nobody waits for anybody, and the sum is right in every snapshot.
CREATE FUNCTION "tally_artifact"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD."deleted_at" IS NULL THEN
        INSERT INTO "artifact_tally" ("namespace_id", "type", "visibility", "artifacts")
        VALUES (OLD."namespace_id", OLD."type", OLD."visibility", -1);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW."deleted_at" IS NULL THEN
        INSERT INTO "artifact_tally" ("namespace_id", "type", "visibility", "artifacts")
        VALUES (NEW."namespace_id", NEW."type", NEW."visibility", 1);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "tally_artifact" AFTER INSERT OR DELETE ON "artifact"
    FOR EACH ROW EXECUTE FUNCTION "tally_artifact"();
CREATE TRIGGER "tally_changed_artifact" AFTER UPDATE ON "artifact" FOR EACH ROW
    WHEN ((OLD."namespace_id", OLD."type", OLD."visibility", OLD."deleted_at")
        IS DISTINCT FROM (NEW."namespace_id", NEW."type", NEW."visibility", NEW."deleted_at"))
    EXECUTE FUNCTION "tally_artifact"();

INSERT INTO "artifact_tally" ("namespace_id", "type", "visibility", "artifacts")
SELECT "namespace_id", "type", "visibility", count(*) FROM "artifact" WHERE "deleted_at" IS NULL GROUP BY 1, 2, 3;

-- Metadata below its namespace's id, {"<namespace>": {…}}: the index hashes each value with its whole path, so a value
-- that everybody has is looked up among those of one namespace only.
UPDATE "artifact_version" v SET "meta_data" = jsonb_build_object(a."namespace_id", v."meta_data")
FROM "artifact" a WHERE a."id" = v."artifact_id" AND v."meta_data" IS NOT NULL;
