import { z } from 'zod';
import { Fault } from '#lib/errors.ts';

const MAX_EMAIL_LENGTH = 254;
const MAX_DISPLAY_NAME_LENGTH = 100;

const emailForm = z.email().max(MAX_EMAIL_LENGTH);
const displayNameForm = z
  .string()
  .max(MAX_DISPLAY_NAME_LENGTH)
  .regex(/^\P{C}*$/u);

/** @throws Fault `invalid` for what is no e-mail address. */
export function checkEmail(email: string): void {
  if (emailForm.safeParse(email).success) return;
  throw new Fault('invalid', 'This is not an e-mail address. Check it, such as name@example.org.');
}

/** @throws Fault `invalid` for what people cannot be called on the pages. */
export function checkDisplayName(displayName: string): void {
  if (displayNameForm.safeParse(displayName).success) return;
  throw new Fault(
    'invalid',
    `A name has ${MAX_DISPLAY_NAME_LENGTH} characters at most, all of them visible.`,
  );
}
