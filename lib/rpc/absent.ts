import { Fault } from '#lib/errors.ts';
import { noInput } from '#lib/rpc/inputs.ts';
import { type Method, method } from '#lib/rpc/method.ts';

const row = method({
  access: 'user',
  effect: 'read',
  scope: null,
  input: noInput,
  run: async () => {
    throw new Fault(
      'no-method',
      'This server has no machine-to-machine calls and no payments. Do without them.',
    );
  },
});

/**
 * What some clients call, and a server of one's own need not have: contract 9. Whoever is nobody, as the bearer of a
 * machine's password is here, is told to log in; the clients know no other refusal.
 */
export const absentMethods: Record<string, Method> = Object.fromEntries(
  [
    'user.m2m.impersonateUser',
    'user.m2m.listUserInfo',
    'payment.app.getAuthorizedJWT',
    'payment.app.getSummary',
    'payment.app.verify',
    'payment.app.reportUsage',
  ].map((name) => [name, row]),
);
