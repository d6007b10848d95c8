import { BASE, makeBuilder, makeJob, provideBase } from './build.ts';

/** Builds in `FOLDER` as whoever runs this, first carefully, then with trust; says how each ended. */
const [folder = ''] = process.argv.slice(2);
await provideBase(folder);
const steps = [
  'RUN id -u; ls /proc | grep -c "^[0-9]"; cat /proc/self/uid_map',
  'RUN pip download groundpkg || true',
];
for (const isTrusted of [false, true]) {
  const builder = makeBuilder(folder, { isTrusted });
  const { job, said } = await makeJob(folder, { lines: [`FROM ${BASE}`, ...steps] });
  const end = await builder.build(job).then(
    (image) => image.remove().then(() => 'built'),
    (error: Error) => error.message,
  );
  await builder.sweep();
  process.stdout.write(`${[...said, end].join('\n')}\n`);
}
