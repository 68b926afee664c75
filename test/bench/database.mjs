import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export const token = 'b'.repeat(40);
export const bookCount = 100_000;

const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

const rows = `
  INSERT INTO "user" (username, email, password, date_joined) VALUES ('alice', 'alice@library.example', '!', '2024-01-01Z');
  INSERT INTO auth_token (digest, user_id, created_at) SELECT encode(sha256('${token}'::bytea), 'hex'), id, '2024-01-01Z' FROM "user";
  INSERT INTO publisher (name, website, country, founded)
    SELECT 'Publisher ' || n, '', (ARRAY['FR', 'DE', 'JP', 'GB', 'US'])[1 + n % 5]::country, NULL FROM generate_series(1, 20) n;
  INSERT INTO author (name, email, bio, created_at)
    SELECT 'Author ' || n, 'author' || n || '@library.example', 'Writes.', '2024-01-01Z' FROM generate_series(1, 1000) n;
  INSERT INTO genre (name, slug) SELECT 'Genre ' || to_char(n, 'FM00'), 'genre-' || to_char(n, 'FM00') FROM generate_series(1, 30) n;
  INSERT INTO book (title, isbn, author_id, publisher_id, price, pages, published, language, in_stock, rating, metadata, created_at, updated_at)
    SELECT 'The ' || (ARRAY['Golden', 'Glass', 'Silent', 'Distant', 'Paper', 'Second', 'Hidden'])[1 + n % 7]
        || ' ' || (ARRAY['River', 'Road', 'Island', 'Library', 'Tide', 'Window', 'Archive', 'Garden', 'Storm', 'Door', 'Map'])[1 + n % 11] || ' ' || n,
      (9780000000000 + n)::text, 1 + n % 1000, CASE WHEN n % 10 > 0 THEN 1 + n % 20 END, 1 + (n::bigint * 7919 % 9000) / 100.0, 1 + n * 31 % 1200,
      CASE WHEN n % 13 > 0 THEN date '1950-01-01' + n % 25000 END, (ARRAY['en', 'fr', 'de', 'es', 'ja'])[1 + n % 5]::language, n % 3 > 0,
      CASE WHEN n % 6 > 0 THEN n % 50 / 10.0 END, CASE WHEN n % 4 = 0 THEN '{"shelf": "C7", "signed": true}' ELSE '{}' END::jsonb,
      timestamptz '2024-01-01Z' + n * interval '1 minute', timestamptz '2025-01-01Z' + n * interval '1.25 second'
    FROM generate_series(1, ${bookCount}) n;
  INSERT INTO "_genres" ("A", "B")
    SELECT id, 1 + id % 30 FROM book UNION SELECT id, 1 + (id * 7 + 3) % 30 FROM book WHERE id % 9 > 0;`;

/** Databases beside the one that an address names: made, filled alike, and dropped. */
export class Databases {
  #url;
  #names = [];

  /** @param {string} url */
  constructor(url) {
    this.#url = url;
  }

  /** Makes one database for each name; answers their addresses by name. The later ones are copies of the first. */
  async create(names) {
    const addresses = {};
    for (const name of names) {
      const database = `bench_${process.pid}_${name.replaceAll('-', '_')}`;
      const [source] = this.#names;
      await this.#run(
        this.#url,
        source
          ? `CREATE DATABASE "${database}" TEMPLATE "${source}"`
          : `CREATE DATABASE "${database}" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'`,
      );
      this.#names.push(database);
      addresses[name] = this.#address(database);
      if (!source) await this.#fill(addresses[name]);
    }
    // What an ordinary server has behind it long before a client asks: statistics, the visibility map, nothing left to write.
    for (const name of names) await this.#run(addresses[name], 'VACUUM ANALYZE');
    await this.#run(this.#url, 'CHECKPOINT');
    return addresses;
  }

  /** Takes away the books that a row of the bench has created. */
  async removeCreated(address) {
    await this.#run(address, `DELETE FROM book WHERE id > ${bookCount}`);
    await this.#run(address, 'VACUUM ANALYZE book');
  }

  async drop() {
    for (const name of this.#names.splice(0)) await this.#run(this.#url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  }

  async #fill(address) {
    const folders = readdirSync(migrations, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      await this.#run(address, readFileSync(join(migrations, name, 'migration.sql'), 'utf8'));
    }
    await this.#run(address, rows);
  }

  #address(database) {
    const url = new URL(this.#url);
    url.pathname = `/${database}`;
    return url.href;
  }

  async #run(address, sql) {
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}
