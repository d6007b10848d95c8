import { defineConfig } from 'prisma/config';

// The CLI insists on a URL even for `generate`, which never connects; the server sets the real one.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://unused@127.0.0.1:1/unused' },
});
