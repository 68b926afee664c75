#!/usr/bin/env node
/**
 * How long a wrong sign-in takes, by why it is wrong: whether the time tells which users there are. Over HTTP, on the embedded database; the kinds are asked
 * in turn, in another order each round, so that what disturbs the machine disturbs all.
 *
 *   npm run bench:login [-- --rounds 400]
 *
 * Printed: quartiles in milliseconds, and how often a guess by the time alone would be right against "a wrong password" (0.5 is a coin's). Exit status: 1
 * where a guess would be right in more than 0.6 of all cases.
 */
import 'reflect-metadata';
import { Agent, request } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { restAdapter } from 'nest-rest-framework';
import { AppModule } from '../../dist/library/app.module.js';
import { prepareDatabase } from '../../dist/library/database/prepare-database.js';
import { PrismaClient } from '../../dist/library/generated/client/client.js';

const at = process.argv.indexOf('--rounds');
const rounds = at < 0 ? 400 : Number(process.argv[at + 1]);
const WARMING_UP = 20;

const KINDS = {
  'a wrong password': ['alice', 'alice-pass-2'],
  'an unknown user': ['nobody', 'alice-pass-2'],
  'an inactive user, the right password': ['gone', 'bob-pass-1'],
  'a user without a password': ['keyless', 'alice-pass-2'],
};

const database = await prepareDatabase({ embeddedDatabase: 'memory://' }, () => {});
const prisma = new PrismaClient({ adapter: database.adapterFactory });
const { password } = await prisma.user.findUniqueOrThrow({ where: { username: 'bob' } });
await prisma.user.create({ data: { username: 'gone', password, isActive: false } });
await prisma.user.create({ data: { username: 'keyless', password: '!' } });
const application = await NestFactory.create(AppModule.on(prisma, { loginRates: { account: null, address: null } }), restAdapter(), {
  logger: ['error'],
});
await application.listen(0, '127.0.0.1');
const address = await application.getUrl();
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** What a client says, and what it must be answered. */
const WAYS = {
  'POST /library/token/': (username, secret) => ({
    path: '/library/token/',
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password: secret }),
    status: 400,
  }),
  'Basic authentication': (username, secret) => ({
    path: '/library/genres/',
    method: 'GET',
    headers: { Authorization: `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}` },
    status: 401,
  }),
};

/** The milliseconds from the request to the end of the answer. */
function time({ path, method, headers, body, status }) {
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    const sent = request(`${address}${path}`, { method, headers, agent }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        if (answer.statusCode === status) resolve(Number(process.hrtime.bigint() - began) / 1e6);
        else reject(new Error(`${method} ${path}: ${answer.statusCode} instead of ${status}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const shuffled = (values) =>
  values
    .map((value) => [Math.random(), value])
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);
const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/** How often one of a kind takes longer than one of the other, ties by half; the better of the two guesses. */
function guessed(one, other) {
  let longer = 0;
  for (const a of one) for (const b of other) longer += a > b ? 1 : a === b ? 0.5 : 0;
  const share = longer / (one.length * other.length);
  return Math.max(share, 1 - share);
}

let worst = 0;
for (const [way, ask] of Object.entries(WAYS)) {
  const samples = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, []]));
  for (let round = -WARMING_UP; round < rounds; round += 1) {
    for (const [kind, credentials] of shuffled(Object.entries(KINDS))) {
      const taken = await time(ask(...credentials));
      if (round >= 0) samples[kind].push(taken);
    }
  }
  console.log(`\n${way}, ${rounds} rounds`);
  console.log(`  ${'why'.padEnd(38)}${['25%', '50%', '75%', 'guessed'].map((head) => head.padStart(9)).join('')}`);
  for (const [kind, taken] of Object.entries(samples)) {
    const sorted = taken.toSorted((a, b) => a - b);
    const guess = kind === 'a wrong password' ? null : guessed(taken, samples['a wrong password']);
    worst = Math.max(worst, guess ?? 0);
    console.log(
      `  ${kind.padEnd(38)}${[0.25, 0.5, 0.75].map((part) => quantile(sorted, part).toFixed(2).padStart(9)).join('')}${(guess?.toFixed(2) ?? '').padStart(9)}`,
    );
  }
}
agent.destroy();
await application.close();
await prisma.$disconnect();
await database.close();
process.exitCode = worst > 0.6 ? 1 : 0;
