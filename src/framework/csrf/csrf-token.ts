import { randomInt, timingSafeEqual } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const SECRET_LENGTH = 32;
const TOKEN_LENGTH = 2 * SECRET_LENGTH;

/** What is wrong with a text that is no token. */
export type TokenFault = 'length' | 'characters';

/** The secret that the cookie holds: 32 letters and digits. */
export function newSecret(): string {
  return Array.from({ length: SECRET_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** A token of a secret: another one each time, so that compression tells nothing of the secret (BREACH). */
export function maskSecret(secret: string): string {
  const mask = newSecret();
  return mask + combine(secret, mask, (letter, key) => letter + key);
}

/** Null for a token or a bare secret, as Django takes both. */
export function faultOf(token: string): TokenFault | null {
  if (token.length !== TOKEN_LENGTH && token.length !== SECRET_LENGTH) return 'length';
  return /^[A-Za-z0-9]+$/.test(token) ? null : 'characters';
}

/** The secret of a token without fault. */
export function secretOf(token: string): string {
  if (token.length === SECRET_LENGTH) return token;
  return combine(token.slice(SECRET_LENGTH), token.slice(0, SECRET_LENGTH), (letter, key) => letter - key + LETTERS.length);
}

/** Whether a token without fault is of a secret. */
export function isTokenOf(token: string, secret: string): boolean {
  return timingSafeEqual(Buffer.from(secretOf(token)), Buffer.from(secret));
}

function combine(text: string, mask: string, add: (letter: number, key: number) => number): string {
  return [...text].map((letter, at) => LETTERS[add(LETTERS.indexOf(letter), LETTERS.indexOf(mask[at] as string)) % LETTERS.length]).join('');
}
