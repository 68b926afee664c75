import type { RateCount } from './throttle-storage.js';

/**
 * `RateLimit-Policy: "burst";q=100;w=60, "daily";q=1000;w=86400`: the rates of a request
 * (draft-ietf-httpapi-ratelimit-headers). A window that is no whole number of seconds is left out.
 */
export function rateLimitPolicy(counts: readonly RateCount[]): string {
  return counts
    .map(({ rate: { name, limit, duration } }) => `${quoted(name)};q=${limit}${Number.isInteger(duration) ? `;w=${duration}` : ''}`)
    .join(', ');
}

/** `RateLimit: "burst";r=0;t=5`: what is left of each, and in how many seconds there is more. */
export function rateLimit(counts: readonly RateCount[]): string {
  return counts
    .map(
      ({ rate: { name, limit }, used, reset }) =>
        `${quoted(name)};r=${Math.max(limit - used, 0)}${reset === null ? '' : `;t=${Math.max(Math.ceil(reset), 0)}`}`,
    )
    .join(', ');
}

/** A string of structured fields (RFC 9651): printable ASCII; what else stands in a name is left out. */
function quoted(name = 'default'): string {
  return `"${name.replace(/[^ -~]/g, '').replace(/["\\]/g, '\\$&')}"`;
}
