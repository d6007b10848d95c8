-- CreateTable
CREATE TABLE "namespace_usage" (
    "namespace_id" TEXT NOT NULL,
    "used_bytes" BIGINT NOT NULL DEFAULT 0,
    "current_bytes" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "namespace_usage_pkey" PRIMARY KEY ("namespace_id")
);

-- AddForeignKey
ALTER TABLE "namespace_usage" ADD CONSTRAINT "namespace_usage_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is not expressible in schema.prisma.

-- Room for the next version of a row on its own page, so that no index has to learn of it.
ALTER TABLE "namespace_usage" SET (fillfactor = 20);
ALTER TABLE "namespace_usage"
    ADD CONSTRAINT "namespace_usage_bytes" CHECK ("used_bytes" >= "current_bytes" AND "current_bytes" >= 0);

INSERT INTO "namespace_usage" ("namespace_id", "used_bytes", "current_bytes")
SELECT "id", "used_bytes", "current_bytes" FROM "namespace";

CREATE FUNCTION "make_namespace_usage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "namespace_usage" ("namespace_id") VALUES (NEW."id");
    RETURN NULL;
END $$;
CREATE TRIGGER "make_namespace_usage" AFTER INSERT ON "namespace"
    FOR EACH ROW EXECUTE FUNCTION "make_namespace_usage"();

ALTER TABLE "namespace"
    DROP CONSTRAINT "namespace_bytes",
    ADD CONSTRAINT "namespace_quota" CHECK ("quota_bytes" >= 0);

-- AlterTable
ALTER TABLE "namespace" DROP COLUMN "current_bytes", DROP COLUMN "used_bytes";
