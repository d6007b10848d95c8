-- AlterEnum
ALTER TYPE "namespace_kind" ADD VALUE 'system';

-- What follows is not expressible in schema.prisma.

-- The new value may not be used in the transaction that adds it, but its text may.
ALTER TABLE "namespace"
    DROP CONSTRAINT "namespace_slug_form",
    ADD CONSTRAINT "namespace_slug_form" CHECK (
        CASE "kind"::text
            WHEN 'system' THEN "slug" ~ '^_[a-z]{1,39}$'
            ELSE "slug" ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'
        END);

-- Without a name in a namespace, one index decides whose an un-namespaced name is, and nobody finds it by another.
ALTER TABLE "artifact"
    ADD CONSTRAINT "artifact_legacy_name_form" CHECK (
        "legacy_name" IS NULL
        OR ("name" IS NULL AND "visibility" = 'public' AND octet_length("legacy_name") BETWEEN 1 AND 255));
