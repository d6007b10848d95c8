-- AlterTable
ALTER TABLE "session" ADD COLUMN "is_program" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "login_request" (
    "id" TEXT NOT NULL,
    "link_hash" BYTEA NOT NULL,
    "state_hash" BYTEA NOT NULL,
    "code_hash" BYTEA,
    "code_expires_at" TIMESTAMPTZ(3),
    "is_fresh" BOOLEAN NOT NULL,
    "user_agent" TEXT,
    "address" TEXT,
    "network" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "is_approved" BOOLEAN,
    "user_id" TEXT,
    "redirect_uri" TEXT,
    "sends_form" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT,

    CONSTRAINT "login_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "login_request_link_hash_key" ON "login_request"("link_hash");

-- CreateIndex
CREATE UNIQUE INDEX "login_request_code_hash_key" ON "login_request"("code_hash");

-- CreateIndex
CREATE INDEX "login_request_network_idx" ON "login_request"("network");

-- CreateIndex
CREATE INDEX "login_request_expires_at_idx" ON "login_request"("expires_at");

-- AddForeignKey
ALTER TABLE "login_request" ADD CONSTRAINT "login_request_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
