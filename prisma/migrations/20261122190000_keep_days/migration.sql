-- How long an artifact's owner keeps it after each push: 0 for ever, null as the namespace says.
ALTER TABLE "artifact" ADD COLUMN "keep_days" INTEGER;
ALTER TABLE "artifact" ADD CONSTRAINT "artifact_keep_days" CHECK ("keep_days" >= 0);
