/** A date-time as DRF writes it: no fraction of a second where there is none, six digits where there is. */
export function moment(date: Date): string {
  const text = date.toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, 19)}Z` : `${text.slice(0, 23)}000Z`;
}
