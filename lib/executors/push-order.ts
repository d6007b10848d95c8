import { z } from 'zod';

/** What a push asks for, as its task keeps it; the build's values are sealed beside it. */
export const pushOrder = z.object({
  /** The Executor that gets the commit; null: the one of `name` in the task's namespace, made where there is none. */
  targetId: z.string().nullable(),
  /** Null: what the package calls itself. */
  name: z.string().nullable(),
  /** Null: as it is; public for a new one. */
  visibility: z.enum(['public', 'private']).nullable(),
  tags: z.array(z.string()),
  protectedTags: z.array(z.string()),
  dockerfile: z.string().nullable(),
  noCache: z.boolean(),
  platforms: z.array(z.string()),
  /** Names of the variables of the build. */
  buildEnv: z.array(z.string()),
  /** Of the secret that is to open it from now on; null: it stays as it is. */
  secretHash: z.string().nullable(),
  /** Whether the name is everybody's, without a namespace, where nobody has it yet. */
  isEverybodys: z.boolean(),
  /** What the pushing client said of itself. */
  client: z.record(z.string(), z.string()),
  /** Whose token's names it may be. */
  namePattern: z.string().nullable(),
  /** For the audit log. */
  actor: z.object({
    caller: z
      .object({
        userId: z.string(),
        name: z.string(),
        via: z.enum(['token', 'session']),
        credentialId: z.string(),
      })
      .nullable(),
    address: z.string().nullable(),
    client: z.string().nullable(),
    requestId: z.string(),
  }),
});

export type PushOrder = z.infer<typeof pushOrder>;

/** The kind of its task. */
export const PUSH_TASK = 'executor.push';
