import { randomBytes } from 'node:crypto';

const MAX_LENGTH = 512;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Of the salts that are made here, as long as Django's: 128 bits. */
export const SALT_LENGTH = 22;

/** 128 random bits as text without a dollar sign. */
export function newSalt(): string {
  return randomBytes(16).toString('base64url');
}

/** What stands between dollar signs in a text of Django's: so many parts of one algorithm, and the key after them. Null for another text. */
export function readDjangoHash(
  stored: string,
  algorithm: string,
  count: number,
  keyLength: number,
): { readonly parts: readonly string[]; readonly key: Buffer } | null {
  if (stored.length > MAX_LENGTH) return null;
  const [name, ...parts] = stored.split('$');
  const encoded = parts.pop();
  if (name !== algorithm || parts.length !== count || parts.includes('') || encoded === undefined || !BASE64.test(encoded)) return null;
  const key = Buffer.from(encoded, 'base64');
  return key.length === keyLength ? { parts, key } : null;
}
