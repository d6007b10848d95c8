import { SIGN_UP_POLICIES, setSignUpPolicy, signUpPolicy } from '#lib/accounts/policy.ts';
import { type Command, type CommandContext, UsageError } from '#lib/cli/command.ts';

const ORIGINS = { choice: 'chosen by an administrator', variable: 'from SIGN_UP', default: 'the default' };

/** Prints who may sign up, or chooses it; `default` goes back to the variable. */
async function signUp(context: CommandContext): Promise<void> {
  const wanted = context.words[0];
  if (wanted !== undefined) {
    const policy = SIGN_UP_POLICIES.find((one) => one === wanted) ?? null;
    if (policy === null && wanted !== 'default')
      throw new UsageError(`POLICY is ${SIGN_UP_POLICIES.join(', ')} or default.`);
    await setSignUpPolicy(policy, context.origin);
  }
  const { policy, from } = await signUpPolicy();
  context.print(`${policy}\t${ORIGINS[from]}`);
}

/** `admin sign-up` */
export const policyCommands: Record<string, Command> = {
  'sign-up': { usage: '[open|invite|closed|default]', run: signUp },
};
