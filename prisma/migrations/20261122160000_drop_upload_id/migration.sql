-- Never used: unfinished uploads are found by their key (docs/decisions/012).
ALTER TABLE "blob" DROP COLUMN "upload_id";
