-- DropIndex
DROP INDEX "access_token_user_id_name_key";

-- AlterTable
ALTER TABLE "access_token" ADD COLUMN "last_used_address" TEXT,
ADD COLUMN "last_used_client" TEXT,
ADD COLUMN "replaced_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "app_user" ADD COLUMN "delete_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "avatar" (
    "user_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "avatar_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE INDEX "access_token_user_id_idx" ON "access_token"("user_id");

-- CreateIndex
CREATE INDEX "app_user_delete_at_idx" ON "app_user"("delete_at");

-- AddForeignKey
ALTER TABLE "avatar" ADD CONSTRAINT "avatar_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is not expressible in schema.prisma.

-- A token that was replaced keeps its name beside the one that took its place.
CREATE UNIQUE INDEX "access_token_name_key" ON "access_token" ("user_id", "name") WHERE "replaced_at" IS NULL;

-- Pictures are compressed already.
ALTER TABLE "avatar" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
