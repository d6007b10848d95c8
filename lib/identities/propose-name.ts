import { prisma } from '#lib/db/prisma.ts';
import { namespaceProblem } from '#lib/names/namespace.ts';

const MAX_LENGTH = 40;
/** Beyond so many of the same name, people choose one themselves. */
const MAX_TRIES = 20;

/** What a text is as a user name: small letters, digits and dashes; empty where nothing is left. */
function toName(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return plain.slice(0, MAX_LENGTH).replaceAll(/^-+|-+$/g, '');
}

/** A user name that is free at this moment, made of what somebody is called elsewhere; empty when none can be made. */
export async function proposeName(label: string): Promise<string> {
  const base = toName(label.split('@')[0] ?? '');
  if (base === '') return '';
  const shortened = base.slice(0, MAX_LENGTH - 3).replace(/-+$/, '');
  const names = [base, ...Array.from({ length: MAX_TRIES }, (_, index) => `${shortened}-${index + 2}`)];
  const taken = await prisma().namespace.findMany({
    where: { slug: { in: names } },
    select: { slug: true },
  });
  const isFree = (name: string) =>
    namespaceProblem(name) === null && !taken.some(({ slug }) => slug === name);
  return names.find(isFree) ?? '';
}
