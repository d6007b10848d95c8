import { Fault } from '#lib/errors.ts';
import type { CallContext, Result } from '#lib/rpc/method.ts';
import { noSandboxes, type SandboxOrder } from '#lib/sandboxes/sandboxes.ts';

interface SandboxInput {
  name: string;
  tag?: string;
  jina?: string;
  args: Record<string, unknown>;
  secret?: string;
}

/** What clients send of a version that they do not know (contract 8). */
const UNSET = '(unset)';

function orderOf({ origin }: CallContext, { name, jina, ...rest }: SandboxInput): SandboxOrder {
  return { origin, id: name, jina: jina === UNSET ? undefined : jina, ...rest };
}

/** `sandbox.get`: contract 8. */
export async function getSandbox(context: CallContext, input: SandboxInput): Promise<Result> {
  const sandbox = await noSandboxes.find(orderOf(context, input));
  if (sandbox) return { kind: 'value', data: { ...sandbox } };
  throw new Fault('not-found', 'There is no sandbox of this Executor. Run it yourself, by jinaai://.');
}

/** `sandbox.create`: contract 8. */
export async function createSandbox(context: CallContext, input: SandboxInput): Promise<Result> {
  return { kind: 'value', data: { ...(await noSandboxes.create(orderOf(context, input))) } };
}
