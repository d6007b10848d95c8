import { timingSafeEqual } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { hashSecret } from '#lib/auth/secret.ts';
import { keepSecret } from '#lib/data-dir/secret.ts';
import { prisma } from '#lib/db/prisma.ts';
import { env } from '#lib/env.ts';
import { randomBase62 } from '#lib/ids.ts';

/** 32 base62 characters carry 190 bits and still fit a line of a terminal. */
const CODE_LENGTH = 32;

function codeFile(): string {
  return path.join(env().DATA_DIR, 'setup-code');
}

/** The one-time code that the first sign-up needs, kept with mode 0600 in `DATA_DIR`; null once there is an account. */
export async function setupCode(): Promise<string | null> {
  if (await prisma().user.findFirst({ select: { id: true } })) return null;
  return keepSecret(codeFile(), () => randomBase62(CODE_LENGTH));
}

/** Whether `given` is the code, compared in constant time. */
export function isSetupCode(given: string, code: string): boolean {
  return timingSafeEqual(hashSecret(given), hashSecret(code));
}

/** Removes the code once it is used. */
export async function removeSetupCode(): Promise<void> {
  await rm(codeFile(), { force: true });
}
