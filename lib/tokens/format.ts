import { crc32 } from 'node:zlib';
import { BASE62, randomBase62 } from '#lib/ids.ts';

/** `gst_` + 40 base62 characters (238 bits) + `_` + 6 checksum characters; no dot, so no client takes it for a JWT (contract 2.7). */
const FORM = /^gst_([0-9A-Za-z]{40})_([0-9A-Za-z]{6})$/;
/** How much of a token is kept in clear, for people to tell their tokens apart. */
export const TOKEN_PREFIX_LENGTH = 8;

function checksum(body: string): string {
  let value = crc32(body);
  let text = '';
  for (let digit = 0; digit < 6; digit++) {
    text = BASE62[value % 62] + text;
    value = Math.floor(value / 62);
  }
  return text;
}

/** The text of a new personal access token. */
export function newTokenText(): string {
  const body = randomBase62(40);
  return `gst_${body}_${checksum(body)}`;
}

/** Whether a text is a personal access token of ours, by form and checksum; says nothing about whether it is valid. */
export function isTokenText(text: string): boolean {
  const match = FORM.exec(text);
  return match !== null && checksum(match[1] ?? '') === match[2];
}
