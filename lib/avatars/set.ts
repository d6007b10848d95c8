import { createHash } from 'node:crypto';
import { requirePerson } from '#lib/accounts/require-person.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { imageFacts } from '#lib/avatars/image-facts.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';

const MAX_BYTES = 256 * 1024;
/** Our page sends 256; what has more costs whoever looks at it memory. */
const MAX_PIXELS = 1024;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

function decode(image: string): Buffer {
  if (image.length > Math.ceil(MAX_BYTES / 3) * 4)
    throw new Fault('invalid', 'The picture is larger than 256 KiB. Choose a smaller one.');
  return BASE64.test(image) ? Buffer.from(image, 'base64') : Buffer.alloc(0);
}

interface AvatarOptions {
  caller: Caller;
  origin: Origin;
}

/**
 * Gives an account a picture.
 * @param image PNG, JPEG or WebP in base64, of 256 KiB at most, up to 1024 pixels wide and high.
 * @returns the SHA-256 of its bytes, hexadecimal.
 * @throws Fault `invalid` for anything else, `not-allowed` for a token.
 */
export async function setAvatar({
  caller,
  image,
  origin,
  clock,
}: AvatarOptions & { image: string; clock: Clock }): Promise<string> {
  requirePerson(caller);
  const bytes = decode(image);
  const facts = imageFacts(bytes);
  const isSane = (pixels: number) => pixels >= 1 && pixels <= MAX_PIXELS;
  if (!facts || bytes.length > MAX_BYTES || !isSane(facts.width) || !isSane(facts.height))
    throw new Fault(
      'invalid',
      `This is no picture that can be shown. Send PNG, JPEG or WebP of at most ${MAX_PIXELS} by ${MAX_PIXELS} pixels.`,
    );
  const { userId, name } = caller;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const row = { type: facts.type, bytes: new Uint8Array(bytes), sha256, updatedAt: clock.now() };
  const audit = auditData(origin, { action: 'account.avatar', target: name, detail: { sha256 } });
  await prisma().$transaction([
    prisma().avatar.upsert({ where: { userId }, create: { userId, ...row }, update: row }),
    prisma().auditEvent.create({ data: audit }),
  ]);
  return sha256;
}

/** Takes the picture away; none there is no error. @throws Fault `not-allowed` for a token. */
export async function removeAvatar({ caller, origin }: AvatarOptions): Promise<void> {
  requirePerson(caller);
  const { userId, name } = caller;
  const detail = { sha256: null };
  await prisma().$transaction(async (tx) => {
    const { count } = await tx.avatar.deleteMany({ where: { userId } });
    if (count === 0) return;
    await tx.auditEvent.create({
      data: auditData(origin, { action: 'account.avatar', target: name, detail }),
    });
  });
}
