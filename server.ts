import { runServer } from '#lib/server/run.ts';

await runServer({ isDev: process.argv.includes('--dev') });
