-- AlterTable
ALTER TABLE "executor_pull" ADD COLUMN     "count" INTEGER NOT NULL DEFAULT 1;
