-- In the order in which a pull of a server that still runs locks them, or the two wait for each other.
LOCK TABLE "download" IN SHARE ROW EXCLUSIVE MODE;

-- AlterTable
ALTER TABLE "artifact" ADD COLUMN "pulls" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "pull_tally" (
    "id" BIGSERIAL NOT NULL,
    "artifact_id" TEXT NOT NULL,
    "pulls" BIGINT NOT NULL,

    CONSTRAINT "pull_tally_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "pull_tally_artifact_id_idx" ON "pull_tally"("artifact_id");

-- AddForeignKey
ALTER TABLE "pull_tally" ADD CONSTRAINT "pull_tally_artifact_id_fkey" FOREIGN KEY ("artifact_id") REFERENCES "artifact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is not expressible in schema.prisma.

UPDATE "artifact" a SET "pulls" = p."pulls"
FROM (
    SELECT "artifact_id", sum("count") AS "pulls" FROM (
        SELECT "artifact_id", 1 AS "count" FROM "download" UNION ALL SELECT "artifact_id", "count" FROM "download_day"
    ) AS "each" GROUP BY 1
) AS p WHERE p."artifact_id" = a."id";

-- A pull adds a row here and leaves the artifact alone, which has many indexes and whose lock pushes wait for;
-- housekeeping adds them up.
CREATE FUNCTION "tally_pulls"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "pull_tally" ("artifact_id", "pulls") SELECT "artifact_id", count(*) FROM "pulled" GROUP BY 1;
    RETURN NULL;
END $$;
CREATE TRIGGER "tally_pulls" AFTER INSERT ON "download" REFERENCING NEW TABLE AS "pulled"
    FOR EACH STATEMENT EXECUTE FUNCTION "tally_pulls"();

CREATE INDEX "artifact_by_pulls" ON "artifact" ("namespace_id", "pulls", "id") INCLUDE ("type", "visibility") WHERE "deleted_at" IS NULL;
