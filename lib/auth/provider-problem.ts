/** Why nobody was signed in by a provider; it stands in the address of the page that says so. */
export const PROVIDER_PROBLEMS = [
  'denied',
  'expired',
  'away',
  'strange',
  'clocks',
  'untrusted',
  'refused',
  'disabled',
  'no-account',
  'sign-up',
  'not-again',
  'taken',
  'other-session',
  'failed',
] as const;
export type ProviderProblem = (typeof PROVIDER_PROBLEMS)[number];

/** What openid-client, Node and the provider say, the first that fits. Its classes do not survive next-auth. */
const SAID: [RegExp, ProviderProblem][] = [
  [
    /state (mismatch|missing)|checks\.state|cookie was missing|could not be parsed|different provider/i,
    'expired',
  ],
  [/in the future|JWT expired|not active yet|too much time/i, 'clocks'],
  [
    /nonce|unexpected iss|iss mismatch|aud |azp|signature|signing key|subject mismatch|sub mismatch|unexpected issuer|JWT alg|unexpected JWT/i,
    'untrusted',
  ],
  [
    /timed out|timeout|aborted|fetch failed|socket hang up|ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ENET|got: 5\d\d/i,
    'away',
  ],
  [
    /invalid_grant|invalid_client|invalid_request|unauthorized_client|server_error|temporarily_unavailable|access token|got: 4\d\d/i,
    'refused',
  ],
];

/** What went wrong at the provider, of the error that next-auth logs. */
export function providerProblem(detail: unknown): ProviderProblem {
  const inner = detail instanceof Error ? detail : (detail as { error?: unknown } | null)?.error;
  const { message = '', code = '' } = (inner ?? {}) as { message?: string; code?: string };
  if (message === 'access_denied') return 'denied';
  const text = `${message} ${code}`;
  return SAID.find(([pattern]) => pattern.test(text))?.[1] ?? 'strange';
}

/** The sentence for a person; `title` is what the provider is called. */
export function problemSentence(problem: ProviderProblem, title: string): string {
  const sentences: Record<ProviderProblem, string> = {
    denied: `${title} did not let you in, or you said no there. Try again, or choose another way.`,
    expired: 'That sign-in was used already, took too long, or began in another browser. Start again here.',
    away: `${title} does not answer. Try again in a moment, or choose another way.`,
    strange: `${title} answered with something that is no sign-in. Try again; if it stays so, tell an administrator.`,
    clocks: `The clocks of ${title} and of this server disagree. Ask an administrator to set them right.`,
    untrusted: `The answer of ${title} was not meant for this sign-in, so it does not count. Start again here.`,
    refused: `${title} refused the sign-in. Try again; if it stays so, tell an administrator.`,
    disabled: 'This account is disabled. Ask an administrator.',
    'no-account': `Nobody here signs in by that ${title} account. Sign in another way, and link it in the settings.`,
    'sign-up': `Nobody here signs in by that ${title} account.`,
    'not-again': `${title} did not ask you to prove that it is you. Choose another way.`,
    taken: `That ${title} account signs in another account here. Unlink it there first.`,
    failed: 'You could not be signed in. Try again in a moment.',
    'other-session': 'The linking began in another session. Start again here.',
  };
  return sentences[problem];
}
