import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '#generated/prisma/client.ts';
import { pool } from '#lib/db/pool.ts';
import { shared } from '#lib/shared.ts';

/** Prisma on the same connections as `pool()`; for everything but the hot path (ARCHITECTURE.md says which is which). */
export function prisma(): PrismaClient {
  return shared(
    'prisma',
    () => new PrismaClient({ adapter: new PrismaPg(pool(), { disposeExternalPool: false }) }),
  );
}
