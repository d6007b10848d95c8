-- CreateEnum
CREATE TYPE "account_link_kind" AS ENUM ('verify-email', 'reset-password', 'invitation');

-- CreateTable
CREATE TABLE "account_link" (
    "id" TEXT NOT NULL,
    "kind" "account_link_kind" NOT NULL,
    "hash" BYTEA NOT NULL,
    "user_id" TEXT,
    "email" TEXT,
    "is_mailed" BOOLEAN NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" TEXT NOT NULL,
    "link_id" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "secret" TEXT,
    "base_url" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_link_hash_key" ON "account_link"("hash");

-- CreateIndex
CREATE INDEX "account_link_user_id_idx" ON "account_link"("user_id");

-- CreateIndex
CREATE INDEX "account_link_created_by_id_idx" ON "account_link"("created_by_id");

-- CreateIndex
CREATE INDEX "account_link_expires_at_idx" ON "account_link"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "mail_link_id_key" ON "mail"("link_id");

-- CreateIndex
CREATE INDEX "mail_next_attempt_at_idx" ON "mail"("next_attempt_at");

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "account_link"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A mail that nobody tries any more holds no secret, whatever the code does.
ALTER TABLE "mail" ADD CONSTRAINT "mail_secret_while_waiting" CHECK (("secret" IS NULL) = ("next_attempt_at" IS NULL));
