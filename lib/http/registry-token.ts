import { authenticate } from '#lib/auth/authenticate.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { networkOf } from '#lib/auth/network.ts';
import { countAgainst, type RateLimit } from '#lib/auth/rate-limit.ts';
import { MINUTE_MS } from '#lib/clock.ts';
import { Fault } from '#lib/errors.ts';
import { userAgent } from '#lib/http/client-facts.ts';
import { isCredentialText } from '#lib/http/credentials.ts';
import { errorReply, httpStatus, publicSentence, replyHeaders } from '#lib/http/errors.ts';
import { queryFields, readInput } from '#lib/http/input.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { logFailure } from '#lib/http/request-log.ts';
import { accessOf } from '#lib/registry/access.ts';
import { parseScopes } from '#lib/registry/scope.ts';
import { registryToken } from '#lib/registry/token.ts';

/** Where engines get their tokens: the realm in the registry's configuration. */
export const REGISTRY_TOKEN = '/registry/token';

const TOKEN_SECONDS = 300;
/** What the credential helper of jina-hubble-sdk says for who is not logged in (contract 6.2). */
const ANONYMOUS = 'anonymous';

const WRONG_CREDENTIALS: RateLimit = {
  name: 'registry-token',
  points: 60,
  durationMs: MINUTE_MS,
  excess: 'Too many wrong tokens came from this address',
};

const WRONG =
  'This is no access token that counts. Log in with one from the settings in place of a password: docker login -u NAME -p TOKEN.';

type Fields = Record<string, unknown>;

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

function text(value: unknown): string | undefined {
  return texts(value)[0];
}

/** What stands for the password in Basic: a user name may be anything, since a token says whose it is. */
function basicPassword(header: string | undefined): string | null {
  const [, code] = /^basic\s+(\S*)$/i.exec(header?.trim() ?? '') ?? [];
  if (code === undefined) return null;
  const pair = Buffer.from(code, 'base64').toString();
  const colon = pair.indexOf(':');
  return colon < 0 ? '' : pair.slice(colon + 1);
}

/** The credential that a request brings; null: none. */
function credentialOf(request: PlainRequest, fields: Fields): string | null {
  const found = request.verb === 'POST' ? (text(fields.refresh_token) ?? text(fields.password)) : undefined;
  const secret = found ?? basicPassword(request.header('authorization'));
  return secret === ANONYMOUS ? null : secret;
}

/** @throws Fault `log-in` for a credential that does not count, `too-often` for many of them. */
async function callerOf(request: PlainRequest, fields: Fields): Promise<Caller | null> {
  const secret = credentialOf(request, fields);
  if (secret === null) return null;
  const { address } = request;
  const use = { address, client: userAgent(request) };
  const caller = isCredentialText(secret) ? await authenticate(secret, use) : null;
  if (caller) return caller;
  await countAgainst(WRONG_CREDENTIALS, networkOf(address ?? 'unknown'));
  throw new Fault('log-in', WRONG);
}

/** The words that engines look for: of the registry, and of OAuth 2. */
function refusal(error: unknown, { requestId }: PlainRequest): PlainReply {
  const plain = errorReply(error, requestId);
  const status = httpStatus(error);
  const code = status === 401 ? 'UNAUTHORIZED' : status === 429 ? 'TOOMANYREQUESTS' : 'UNKNOWN';
  const message = publicSentence(error, requestId);
  const errors = [{ code, message, detail: null }];
  const oauth = status === 401 ? 'invalid_grant' : status < 500 ? 'invalid_request' : 'server_error';
  const headers: Record<string, string> =
    status === 401 ? { 'www-authenticate': 'Basic realm="Groundstation"' } : {};
  return {
    ...plain,
    headers: { ...plain.headers, ...headers },
    body: JSON.stringify({ errors, details: message, error: oauth, error_description: message }),
  };
}

async function answer(request: PlainRequest): Promise<PlainReply> {
  if (!['GET', 'HEAD', 'POST'].includes(request.verb))
    throw new Fault('no-method', 'Ask for a token by GET or POST.');
  const fields = request.verb === 'POST' ? await readInput(request) : queryFields(request);
  const caller = await callerOf(request, fields);
  const scopes = parseScopes(texts(fields.scope));
  const access = await accessOf(caller, scopes);
  const subject = caller?.userId ?? '';
  const token = await registryToken({ subject, access, seconds: TOKEN_SECONDS });
  const body = {
    token,
    access_token: token,
    expires_in: TOKEN_SECONDS,
    issued_at: new Date().toISOString(),
    scope: access.map(({ type, name, actions }) => `${type}:${name}:${actions.join(',')}`).join(' '),
  };
  return { status: 200, headers: replyHeaders(request.requestId), body: JSON.stringify(body) };
}

/**
 * The registry's token service: GET by Basic or without credentials, POST with a refresh token or a password, which is an
 * access token in every case (contract 6.2). What the caller may not do is left out, and no reason to refuse; only a
 * credential that does not count is answered with 401.
 */
export async function answerRegistryToken(request: PlainRequest): Promise<PlainReply> {
  try {
    return await answer(request);
  } catch (error) {
    logFailure(error, REGISTRY_TOKEN, request);
    return refusal(error, request);
  }
}
