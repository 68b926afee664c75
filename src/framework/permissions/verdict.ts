/** What a permission says: allow, deny, or no opinion. */
export type Verdict = true | false | undefined;

/** What a method answered, as a verdict: all that is neither `true` nor `undefined` denies, for plain JavaScript answers anything. */
export function verdictOf(answer: unknown): Verdict {
  return answer === true || answer === undefined ? answer : false;
}
