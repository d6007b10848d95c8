import { z } from 'zod';

const argument = z.object({
  name: z.string(),
  /** Source text. */
  annotation: z.string().nullable(),
  default: z.string().nullable(),
  /** From the docstring. */
  doc: z.string().nullable(),
});

const endpoint = z.object({
  name: z.string(),
  /** `ALL`, or the source text of `on=` (contract 12.3). */
  requests: z.string(),
  /** The paths, where the source shows them. */
  routes: z.array(z.string()),
  args: z.array(argument),
  kwargs: z.array(argument),
  docstring: z.string().nullable(),
  isAsync: z.boolean(),
  /** The class of the package that it comes from, when it is not the Executor itself. */
  inheritedFrom: z.string().nullable(),
});

/** What is kept of a commit beside its package: what the normaliser read, and the files. `executor_commit.facts`. */
export const executorFacts = z.object({
  filePath: z.string(),
  docstring: z.string().nullable(),
  init: z
    .object({ args: z.array(argument), kwargs: z.array(argument), docstring: z.string().nullable() })
    .nullable(),
  endpoints: z.array(endpoint),
  /** Lines of requirements.txt. */
  dependencies: z.array(z.string()),
  score: z.record(z.string(), z.boolean()),
  warnings: z.array(z.string()),
  /** Of the normalised package, sorted by path. */
  files: z.array(z.object({ path: z.string(), sizeBytes: z.number() })),
  /** Where the readme is; its text is the Executor's. */
  readmePath: z.string().nullable(),
  /** The file that an image is built by. */
  dockerfile: z.string(),
});

export type ExecutorFacts = z.infer<typeof executorFacts>;
export type Endpoint = z.infer<typeof endpoint>;
export type Argument = z.infer<typeof argument>;
