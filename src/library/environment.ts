/** What the process is told by its environment, checked. */
export interface Environment {
  /** PORT, 3000 unless set; 0 lets the system choose. */
  readonly port: number;
  /** HOST: the address to listen on, this machine's own unless set. */
  readonly host: string;
  /** DATABASE_URL: a PostgreSQL server's. Without it the embedded database serves. */
  readonly databaseUrl?: string;
  /** EMBEDDED_DATABASE: the embedded database's folder, or `memory://`. */
  readonly embeddedDatabase: string;
  /** REDIS_URL: where requests are counted that several processes serve. Without it each counts for itself. */
  readonly redisUrl?: string;
  /** ADMIN_PASSWORD: what `npm run seed` gives to the user admin on a server. */
  readonly adminPassword?: string;
}

/** Says of each variable that is not right what it must be. Values are not repeated: they may be secrets. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';

  constructor(readonly problems: readonly string[]) {
    super(`The environment is not right.\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  }
}

const MINIMAL_PASSWORD = 12;

/** Reads the environment. Throws EnvironmentError with every problem at once. An empty variable counts as one that is not set. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const problems: string[] = [];
  const { PORT, HOST, DATABASE_URL, EMBEDDED_DATABASE, REDIS_URL, ADMIN_PASSWORD } = variables;
  if (PORT && !(/^\d{1,5}$/.test(PORT) && Number(PORT) <= 65_535)) problems.push('PORT must be a whole number from 0 to 65535.');
  if (HOST && !/^[\w.:-]+$/.test(HOST)) problems.push('HOST must be an address or a host name, such as 127.0.0.1 or 0.0.0.0.');
  if (DATABASE_URL && !isServerAddress(DATABASE_URL)) {
    problems.push('DATABASE_URL must look like postgresql://user:password@host:5432/database. Leave it out to use the embedded database.');
  }
  if (REDIS_URL && !isRedisAddress(REDIS_URL)) problems.push('REDIS_URL must look like redis://user:password@host:6379/0.');
  if (ADMIN_PASSWORD && ADMIN_PASSWORD.length < MINIMAL_PASSWORD) problems.push(`ADMIN_PASSWORD must have at least ${MINIMAL_PASSWORD} characters.`);
  if (problems.length > 0) throw new EnvironmentError(problems);
  return {
    port: PORT ? Number(PORT) : 3000,
    host: HOST || '127.0.0.1',
    ...(DATABASE_URL ? { databaseUrl: DATABASE_URL } : {}),
    embeddedDatabase: EMBEDDED_DATABASE || '.data/postgres',
    ...(REDIS_URL ? { redisUrl: REDIS_URL } : {}),
    ...(ADMIN_PASSWORD ? { adminPassword: ADMIN_PASSWORD } : {}),
  };
}

function isRedisAddress(text: string): boolean {
  return URL.canParse(text) && ['redis:', 'rediss:'].includes(new URL(text).protocol) && new URL(text).hostname !== '';
}

function isServerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, searchParams } = new URL(text);
  // A server behind a socket is named by `?host=`.
  return ['postgres:', 'postgresql:'].includes(protocol) && (hostname !== '' || searchParams.has('host')) && pathname.length > 1;
}
