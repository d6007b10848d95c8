import { z } from 'zod';
import { SECOND_MS } from '#lib/clock.ts';

/**
 * What a builder elsewhere and its callers say to each other. `POST /builds`: a line of JSON (`buildHead`), then the package
 * as tar; answered by lines of JSON (`builderLine`) until the build is over. Whoever closes the connection ends the build.
 * `POST /builds/<id>/push` with `pushHead` is answered in the same way; `DELETE /builds/<id>` removes the image.
 */

/** Something is said so often, so that both ends see when the other one is gone. */
export const BEAT_MS = 10 * SECOND_MS;
/** Without a line for so long the other end is taken for gone. */
export const SILENCE_MS = 60 * SECOND_MS;

/** The first line of a request: texts of the build, values of its variables. */
export const MAX_HEAD_BYTES = 4 * 1024 * 1024;
/** A package unpacks to 2 GiB; its tar has a kilobyte for each file besides. */
export const MAX_CONTEXT_BYTES = 2.25 * 1024 * 1024 * 1024;
/** A line of an answer: the last one has the list of what is installed. */
export const MAX_LINE_BYTES = 32 * 1024 * 1024;

const texts = z.record(z.string().min(1).max(256), z.string().max(1024 * 1024));
const path = z
  .string()
  .min(1)
  .max(1024)
  .refine((text) => !/(^\/|(^|\/)\.\.(\/|$)|\0)/.test(text));

/** What a build is, besides its files. */
export const buildHead = z.object({
  dockerfile: path,
  tag: z.string().regex(/^[a-z0-9][\w./:-]{0,511}$/),
  buildArgs: texts,
  secrets: texts,
  labels: texts,
  platform: z
    .string()
    .regex(/^[a-z0-9]+\/[\w/]+$/)
    .nullable(),
  noCache: z.boolean(),
  network: z.enum(['none', 'index', 'open']),
  limits: z.object({
    memoryBytes: z.int().positive(),
    cpus: z.number().positive(),
    processes: z.int().positive(),
    diskBytes: z.int().positive(),
    seconds: z.number().positive(),
  }),
});
export type BuildHead = z.output<typeof buildHead>;

export const pushHead = z.object({ token: z.string().min(1).max(16_384) });

const source = z.enum(['stdout', 'stderr']);

/** A line of an answer. */
export const builderLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('beat') }),
  z.object({ type: z.literal('log'), line: z.string(), source }),
  z.object({
    type: z.literal('built'),
    id: z.uuid(),
    platform: z.string(),
    bom: z.record(z.string(), z.unknown()).nullable(),
  }),
  z.object({ type: z.literal('pushed'), digest: z.string().regex(/^sha256:[0-9a-f]{64}$/) }),
  z.object({
    type: z.literal('failed'),
    kind: z.enum(['build-failed', 'invalid', 'unavailable']),
    sentence: z.string(),
  }),
]);
export type BuilderLine = z.output<typeof builderLine>;
