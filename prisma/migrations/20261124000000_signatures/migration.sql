-- CreateTable
CREATE TABLE "signing_key" (
    "id" TEXT NOT NULL,
    "namespace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pem" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "executor_image_signature" (
    "id" TEXT NOT NULL,
    "executor_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "key_name" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "payload_digest" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "manifest_digest" TEXT NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "executor_image_signature_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "signing_key_created_by_id_idx" ON "signing_key"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "signing_key_namespace_id_name_key" ON "signing_key"("namespace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "signing_key_namespace_id_fingerprint_key" ON "signing_key"("namespace_id", "fingerprint");

-- CreateIndex
CREATE INDEX "executor_image_signature_created_by_id_idx" ON "executor_image_signature"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "executor_image_signature_executor_id_digest_fingerprint_pay_key" ON "executor_image_signature"("executor_id", "digest", "fingerprint", "payload_digest");

-- AddForeignKey
ALTER TABLE "signing_key" ADD CONSTRAINT "signing_key_namespace_id_fkey" FOREIGN KEY ("namespace_id") REFERENCES "namespace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signing_key" ADD CONSTRAINT "signing_key_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor_image_signature" ADD CONSTRAINT "executor_image_signature_executor_id_fkey" FOREIGN KEY ("executor_id") REFERENCES "executor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor_image_signature" ADD CONSTRAINT "executor_image_signature_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
