import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { env } from '#lib/env.ts';
import { EnvError } from '#lib/env-error.ts';
import type { ImageBuilder } from '#lib/images/builder.ts';
import { makeBuilderService } from '#lib/images/builder-service/service.ts';
import { log } from '#lib/log.ts';
import { Refusal } from '#lib/refusal.ts';

function settings() {
  const { BUILDER_TOKEN, BUILD_NETWORK, DATA_DIR, DATABASE_URL, S3_BUCKET } = env();
  if (!BUILDER_TOKEN)
    throw new EnvError('BUILDER_TOKEN is missing; a builder for others needs one, and they the same.');
  if (DATABASE_URL || S3_BUCKET)
    throw new EnvError(
      'A builder gets neither DATABASE_URL nor S3_BUCKET: what it builds is not to be trusted.',
    );
  const limits = {
    memoryBytes: env().BUILD_MEMORY_BYTES,
    cpus: env().BUILD_CPUS,
    processes: env().BUILD_PROCESSES,
    diskBytes: env().BUILD_DISK_BYTES,
    seconds: env().BUILD_SECONDS,
  };
  return { token: BUILDER_TOKEN, folder: path.join(DATA_DIR, 'contexts'), limits, network: BUILD_NETWORK };
}

/**
 * The whole life of a builder for others: listens on `HOST` and `PORT` until `toldToStop`, then ends what it builds.
 * @param makeBuilder the builder of this machine; not asked before the settings are known to be good.
 * @throws EnvError or Refusal with the one sentence to show.
 */
export async function runBuilderService(
  makeBuilder: () => ImageBuilder | Promise<ImageBuilder>,
  toldToStop: Promise<void>,
): Promise<void> {
  const options = settings();
  const { HOST, PORT } = env();
  const service = await makeBuilderService({ builder: await makeBuilder(), ...options });
  await new Promise<void>((resolve, reject) => {
    service.server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new Refusal(`${HOST}:${PORT} cannot be listened on (${error.code}); give another HOST or PORT.`),
      ),
    );
    service.server.listen(PORT, HOST, resolve);
  });
  const { port } = service.server.address() as AddressInfo;
  process.stdout.write(`The builder listens on http://${HOST}:${port}\n`);
  await toldToStop;
  log().info('stopping');
  await service.close();
}
