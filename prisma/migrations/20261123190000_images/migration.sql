-- CreateTable
CREATE TABLE "executor_image" (
    "id" TEXT NOT NULL,
    "executor_id" TEXT NOT NULL,
    "commit_id" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "jina_version" TEXT,
    "size_bytes" BIGINT NOT NULL,
    "layers" JSONB NOT NULL,
    "bom" JSONB,
    "task_id" TEXT NOT NULL,
    "build_ms" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "executor_image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "doomed_manifest" (
    "repository" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "doomed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "doomed_manifest_pkey" PRIMARY KEY ("repository","digest")
);

-- CreateTable
CREATE TABLE "registry_grant" (
    "user_id" TEXT NOT NULL,
    "executor_id" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "registry_grant_pkey" PRIMARY KEY ("user_id","executor_id")
);

-- CreateIndex
CREATE INDEX "executor_image_commit_id_idx" ON "executor_image"("commit_id");

-- CreateIndex
CREATE UNIQUE INDEX "executor_image_executor_id_tag_key" ON "executor_image"("executor_id", "tag");

-- CreateIndex
CREATE INDEX "doomed_manifest_doomed_at_idx" ON "doomed_manifest"("doomed_at");

-- CreateIndex
CREATE INDEX "registry_grant_executor_id_idx" ON "registry_grant"("executor_id");

-- AddForeignKey
ALTER TABLE "executor_image" ADD CONSTRAINT "executor_image_executor_id_fkey" FOREIGN KEY ("executor_id") REFERENCES "executor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor_image" ADD CONSTRAINT "executor_image_commit_id_fkey" FOREIGN KEY ("commit_id") REFERENCES "executor_commit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_grant" ADD CONSTRAINT "registry_grant_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_grant" ADD CONSTRAINT "registry_grant_executor_id_fkey" FOREIGN KEY ("executor_id") REFERENCES "executor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is not expressible in schema.prisma.

-- Whose turn it is between namespaces: whoever was served longest ago.
CREATE INDEX "task_served" ON "task" ("namespace_id", "started_at" DESC) WHERE "started_at" IS NOT NULL;
