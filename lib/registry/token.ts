import { randomUUID, sign } from 'node:crypto';
import { LONGEST_TOKEN_SECONDS, type SigningKey, signingKey } from '#lib/registry/keys.ts';

/** Who issues tokens, in the registry's configuration. */
export const ISSUER = 'groundstation';
/** Whom they are for, there. */
export const SERVICE = 'groundstation-registry';
/** The subject of tokens that this server makes for itself. */
export const OWN_SUBJECT = 'groundstation';

/** What a token lets its bearer do; the registry's own words. */
export interface Access {
  type: 'repository' | 'registry';
  name: string;
  actions: string[];
}

interface TokenOptions {
  /** The id of a user, `OWN_SUBJECT`, or '' for nobody: the registry's notifications tell it again. */
  subject: string;
  access: Access[];
  /** How long it counts, up to an hour. */
  seconds: number;
}

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token by a key of the caller's choice; who only wants a token takes `registryToken`. */
export function signToken(key: SigningKey, { subject, access, seconds }: TokenOptions): string {
  const now = Math.floor(Date.now() / 1000);
  // 2.x goes by x5c; so does 3.x, which else looks for a kid that is an RFC 7638 thumbprint.
  const header = { typ: 'JWT', alg: 'ES256', kid: key.kid, x5c: [key.certificate] };
  const claims = {
    iss: ISSUER,
    sub: subject,
    // A list is what 2.x cannot read.
    aud: SERVICE,
    exp: now + Math.min(seconds, LONGEST_TOKEN_SECONDS),
    nbf: now,
    iat: now,
    jti: randomUUID(),
    access,
  };
  const text = `${base64(header)}.${base64(claims)}`;
  const signature = sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

/** A token for the registry: a JWT by ES256. */
export async function registryToken(options: TokenOptions): Promise<string> {
  return signToken(await signingKey(), options);
}

interface RepositoryTokenOptions {
  /** `jinahub/ab12cd34` (lib/registry/reference.ts). */
  repository: string;
  actions: ('pull' | 'push' | 'delete')[];
  /** Up to an hour. */
  seconds: number;
  /** Whose it is; this server's own when left out, whose pulls are not counted. */
  subject?: string;
}

/**
 * A token for one repository and nothing else: a worker that pushes with it cannot reach another Executor's images,
 * whatever the build made it do.
 */
export async function repositoryToken(options: RepositoryTokenOptions): Promise<string> {
  const { repository, actions, seconds, subject = OWN_SUBJECT } = options;
  const access: Access[] = [{ type: 'repository', name: repository, actions }];
  return registryToken({ subject, access, seconds });
}
