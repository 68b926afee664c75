/** How passwords are stored. Bind another class to this token to change it. */
export abstract class PasswordHasher {
  /** The text to store of a password: algorithm, parameters and salt with it. */
  abstract hash(password: string): Promise<string>;

  /** Whether the password is that of the stored text: false, with no error, for a text that no hash is. */
  abstract verify(stored: string, password: string): Promise<boolean>;

  /** Whether the stored text was made with other parameters than today's: it is made anew at the next login. */
  abstract needsRehash(stored: string): boolean;

  /** Whether the stored text is a hash of this hasher at all. A user without one has no usable password. */
  abstract recognizes(stored: string): boolean;
}
