-- CreateTable
CREATE TABLE "hub_tally" (
    "id" BIGSERIAL NOT NULL,
    "keyword" TEXT COLLATE "C" NOT NULL,
    "executors" BIGINT NOT NULL,

    CONSTRAINT "hub_tally_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "hub_tally_keyword_idx" ON "hub_tally"("keyword");

-- What follows is not expressible in schema.prisma.

-- Of Postgres' own contrib, and trusted: whoever owns the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- What full text finds. `CLIPTextEncoder` is read as three words and as one. Only parts whose answer never changes are
-- used, though Postgres does not know it of array_to_string.
CREATE FUNCTION "executor_words"(name text, description text, keywords text[], readme text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('pg_catalog.english', name || ' ' || regexp_replace(
            regexp_replace(name, '([a-z0-9])([A-Z])', '\1 \2', 'g'), '([A-Z])([A-Z][a-z])|[_.-]', '\1 \2', 'g')), 'A')
        || setweight(to_tsvector('pg_catalog.english', array_to_string(keywords, ' ')), 'A')
        || setweight(to_tsvector('pg_catalog.english', left(coalesce(description, ''), 1000)), 'B')
        || setweight(to_tsvector('pg_catalog.english', left(coalesce(readme, ''), 100000)), 'D')
$$;

-- What parts of words and typing errors are looked for in.
CREATE FUNCTION "executor_letters"(name text, description text, keywords text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT name || ' ' || array_to_string(keywords, ' ') || ' ' || left(coalesce(description, ''), 1000)
$$;

CREATE INDEX "executor_hub_words" ON "executor" USING gin ("executor_words"("name", "description", "keywords", "readme"))
    WHERE "visibility" = 'public' AND "deleted_at" IS NULL;
CREATE INDEX "executor_hub_letters" ON "executor" USING gin ("executor_letters"("name", "description", "keywords") gin_trgm_ops)
    WHERE "visibility" = 'public' AND "deleted_at" IS NULL;
CREATE INDEX "executor_hub_keywords" ON "executor" USING gin ("keywords")
    WHERE "visibility" = 'public' AND "deleted_at" IS NULL;

-- The sorts of the Hub.
CREATE INDEX "executor_hub_by_pulls" ON "executor" ("pulls", "id") WHERE "visibility" = 'public' AND "deleted_at" IS NULL;
CREATE INDEX "executor_hub_by_updated" ON "executor" ("updated_at", "id") WHERE "visibility" = 'public' AND "deleted_at" IS NULL;
CREATE INDEX "executor_hub_by_created" ON "executor" ("created_at", "id") WHERE "visibility" = 'public' AND "deleted_at" IS NULL;
CREATE INDEX "executor_hub_by_name" ON "executor" ("name", "id") WHERE "visibility" = 'public' AND "deleted_at" IS NULL;

-- How many public Executors there are, in all (the empty keyword) and of each keyword: each change adds rows, nobody
-- waits for anybody, and housekeeping folds them.
CREATE FUNCTION "tally_hub"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD."visibility" = 'public' AND OLD."deleted_at" IS NULL THEN
        INSERT INTO "hub_tally" ("keyword", "executors")
        SELECT DISTINCT word, -1 FROM unnest(OLD."keywords" || ''::text) AS word;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW."visibility" = 'public' AND NEW."deleted_at" IS NULL THEN
        INSERT INTO "hub_tally" ("keyword", "executors")
        SELECT DISTINCT word, 1 FROM unnest(NEW."keywords" || ''::text) AS word;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER "tally_hub" AFTER INSERT OR DELETE ON "executor" FOR EACH ROW EXECUTE FUNCTION "tally_hub"();
CREATE TRIGGER "tally_changed_hub" AFTER UPDATE ON "executor" FOR EACH ROW
    WHEN ((OLD."visibility", OLD."deleted_at" IS NULL, OLD."keywords")
        IS DISTINCT FROM (NEW."visibility", NEW."deleted_at" IS NULL, NEW."keywords"))
    EXECUTE FUNCTION "tally_hub"();

INSERT INTO "hub_tally" ("keyword", "executors")
SELECT word, count(*) FROM (
    SELECT DISTINCT e."id", word FROM "executor" e, unnest(e."keywords" || ''::text) AS word
    WHERE e."visibility" = 'public' AND e."deleted_at" IS NULL
) AS each GROUP BY word;
