import { Fault } from '#lib/errors.ts';
import type { BuildJob, BuiltImage } from '#lib/images/builder.ts';
import { isOfThisMachine } from './image-name.ts';
import type { Sandbox } from './sandbox.ts';
import type { StagePlace } from './stage.ts';

/** Says the digest last, since nothing is read from where a sandbox may write. */
const SAYING_DIGEST = 'skopeo copy --digestfile /tmp/digest "$@"; echo "pushed $(head -c 71 /tmp/digest)"';

/** Of a push: the registry is where this process reaches it. */
export const PUSH_PLACE: StagePlace = { network: 'host', groupFolders: [] };

/** Where a built image is. */
export interface ImagePlace {
  job: BuildJob;
  sandbox: Sandbox;
}

/**
 * Puts an image into its registry.
 * @returns the digest of its manifest.
 * @throws Fault `unavailable` when the registry does not take it.
 */
export async function pushImage(
  { job, sandbox }: ImagePlace,
  { token, onLog, signal }: Parameters<BuiltImage['push']>[0],
): Promise<string> {
  const place = { ...PUSH_PLACE, gate: 'none' as const };
  const security = isOfThisMachine(job.tag) ? ['--dest-tls-verify=false'] : [];
  const words = ['sh', '-euc', SAYING_DIGEST, 'sh', '--dest-registry-token', token, ...security];
  const names = [`containers-storage:${job.tag}`, `docker://${job.tag}`];
  let digest = '';
  const hear: typeof onLog = (line, source) => {
    const [, said] = /^pushed (sha256:[0-9a-f]{64})$/.exec(line) ?? [];
    if (!said) return onLog(line, source);
    digest = said;
  };
  const { code } = await sandbox.run({ ...place, signal, onLog: hear }, [...words, ...names]);
  signal.throwIfAborted();
  if (code !== 0 || !digest) {
    throw new Fault(
      'unavailable',
      'The registry of this server does not take the image now; it is tried again.',
    );
  }
  return digest;
}
