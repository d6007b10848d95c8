import { type Outcome, run } from './run.ts';
import type { Somebody, Station } from './station.ts';

/** What a method answers. */
export interface Answer {
  status: number;
  data: unknown;
  message?: string;
}

/** Calls a method of the API with somebody's token. */
export async function call(
  station: Station,
  { token }: Somebody,
  method: string,
  input: object,
): Promise<Answer> {
  const response = await fetch(`${station.server.url}/v2/rpc/${method}`, {
    method: 'POST',
    headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const { data, message } = (await response.json()) as { data: unknown; message?: string };
  return { status: response.status, data, message };
}

/** The tag under which cosign looks for the signatures of an image. */
export function signatureTag(digest: string): string {
  return `${digest.replace(':', '-')}.sig`;
}

/** What somebody, or nobody, gets of the manifest of a reference. */
export function skopeoRaw(person: Somebody | null, reference: string): Promise<Outcome> {
  const login = person ? ['--creds', `${person.name}:${person.token}`] : ['--no-creds'];
  return run(['skopeo', 'inspect', '--raw', '--tls-verify=false', ...login, `docker://${reference}`]);
}
