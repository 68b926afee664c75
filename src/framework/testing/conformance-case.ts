/** One case of a suite, for any test runner. */
export interface ConformanceCase {
  readonly title: string;
  /** @throws AssertionError */
  run(): Promise<void>;
}
