import { createHash, randomUUID } from 'node:crypto';
import { type Answer, type Asked, type Double, json, sendBack, startDouble } from './doubles.ts';

/** Somebody at GitHub. */
export interface GithubUser {
  id: number;
  login: string;
  name: string | null;
  emails: { email: string; primary: boolean; verified: boolean }[];
}

export interface GithubDouble extends Double {
  /** Who is signed in there. */
  user: GithubUser;
  /** What browsers were asked to bring, the last time. */
  lastAsked: URLSearchParams | null;
}

export const GITHUB_CLIENT = { id: 'github-client', secret: 'github-secret' };

function isClient({ headers, form }: Asked): boolean {
  const basic = Buffer.from(`${GITHUB_CLIENT.id}:${GITHUB_CLIENT.secret}`).toString('base64');
  return headers.authorization === `Basic ${basic}` || form.get('client_secret') === GITHUB_CLIENT.secret;
}

/** Answers as GitHub's pages and API do: who is signed in there agrees at once. */
export async function startGithub(user: GithubUser): Promise<GithubDouble> {
  const codes = new Map<string, string>();
  const tokens = new Set<string>();

  function authorize({ query }: Asked): Answer {
    github.lastAsked = query;
    const code = randomUUID();
    codes.set(code, query.get('code_challenge') ?? '');
    return sendBack(query, { code });
  }

  function exchange(asked: Asked): Answer {
    const code = asked.form.get('code') ?? '';
    const challenge = codes.get(code);
    codes.delete(code);
    const proof = createHash('sha256')
      .update(asked.form.get('code_verifier') ?? '')
      .digest('base64url');
    // GitHub says so with 200.
    if (!isClient(asked) || challenge !== proof) return json({ error: 'bad_verification_code' });
    const token = `gho_${randomUUID()}`;
    tokens.add(token);
    return json({ access_token: token, token_type: 'bearer', scope: 'read:user,user:email' });
  }

  const double = await startDouble((asked) => {
    if (asked.path === '/login/oauth/authorize') return authorize(asked);
    if (asked.path === '/login/oauth/access_token') return exchange(asked);
    if (!tokens.has(asked.headers.authorization?.replace('Bearer ', '') ?? '')) return json({}, 401);
    const { emails, ...profile } = github.user;
    return json(asked.path === '/api/user/emails' ? emails : profile);
  });
  const github: GithubDouble = { ...double, user, lastAsked: null };
  return github;
}
