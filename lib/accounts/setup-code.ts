import { timingSafeEqual } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hashSecret } from '#lib/auth/secret.ts';
import { prisma } from '#lib/db/prisma.ts';
import { env } from '#lib/env.ts';
import { randomBase62 } from '#lib/ids.ts';

/** 32 base62 characters carry 190 bits and still fit a line of a terminal. */
const CODE_LENGTH = 32;

function codeFile(): string {
  return path.join(env().DATA_DIR, 'setup-code');
}

/** Makes the file whole or not at all, so that two processes end up with one code. */
async function makeCodeFile(file: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, randomBase62(CODE_LENGTH), { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The one-time code that the first sign-up needs, kept with mode 0600 in `DATA_DIR`; null once there is an account. */
export async function setupCode(): Promise<string | null> {
  if (await prisma().user.findFirst({ select: { id: true } })) return null;
  const file = codeFile();
  const existing = await readFile(file, 'utf8').catch(() => '');
  if (existing) return existing;
  await makeCodeFile(file);
  return readFile(file, 'utf8');
}

/** Whether `given` is the code, compared in constant time. */
export function isSetupCode(given: string, code: string): boolean {
  return timingSafeEqual(hashSecret(given), hashSecret(code));
}

/** Removes the code once it is used. */
export async function removeSetupCode(): Promise<void> {
  await rm(codeFile(), { force: true });
}
