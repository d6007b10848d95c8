import type { BuildJob } from '#lib/images/builder.ts';
import { makeBuilder } from './build.ts';

/** A worker in a process of its own, which says the lines of its build: `node build-alone.ts FOLDER JOB`. */
const [folder = '', job = ''] = process.argv.slice(2);
const said = (line: string) => {
  if (line === 'begun') process.stdout.write('begun\n');
};
await makeBuilder(folder).build({
  ...(JSON.parse(job) as BuildJob),
  onLog: said,
  signal: new AbortController().signal,
});
