import { absentMethods } from '#lib/rpc/absent.ts';
import { artifactMethods } from '#lib/rpc/artifact-methods.ts';
import type { Method } from '#lib/rpc/method.ts';
import { peopleMethods } from '#lib/rpc/people-methods.ts';

/**
 * The whole API: each method's name, who may call it, whether it changes anything, what a limited token needs, what
 * it reads, and what it does. `/v2/rpc/a.b.c` and `/v2/a/b/c` both end here.
 */
export const methods: Record<string, Method> = { ...peopleMethods, ...artifactMethods, ...absentMethods };
