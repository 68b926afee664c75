import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { NotFound } from '../exceptions/exceptions.js';
import type { Storage } from '../files/storage.js';
import type { ConformanceCase } from './conformance-case.js';

/**
 * The rules that every storage keeps, each with a test of it: run them against one of your own.
 *
 * @param make answers a storage that holds nothing, a new one each time.
 * @example
 * it.each(storageConformance(() => new MemoryStorage()))('$title', ({ run }) => run());
 */
export function storageConformance(make: () => Storage | Promise<Storage>): readonly ConformanceCase[] {
  const rule = (title: string, test: (storage: Storage) => Promise<void>): ConformanceCase => ({
    title: `A storage ${title}.`,
    run: async () => test(await make()),
  });
  return [
    rule('gives back what it was given', async (storage) => {
      const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, at) => at % 251));
      const name = await storage.save('a.bin', Readable.from([bytes.subarray(0, 7), bytes.subarray(7)], { objectMode: false }));
      assert.equal(name, 'a.bin');
      assert.deepEqual(await contentOf(storage, name), bytes);
      assert.equal(await storage.size(name), bytes.length);
      assert.equal(await storage.exists(name), true);
    }),
    rule('keeps a file of no bytes', async (storage) => {
      const name = await storage.save('empty.txt', text(''));
      assert.equal(await storage.size(name), 0);
      assert.equal((await contentOf(storage, name)).length, 0);
    }),
    rule('keeps folders in names', async (storage) => {
      const name = await storage.save('2026/covers/a.txt', text('a'));
      assert.equal(name, '2026/covers/a.txt');
      assert.equal(String(await contentOf(storage, name)), 'a');
    }),
    rule('opens a file as often as it is asked to', async (storage) => {
      const name = await storage.save('a.txt', text('again'));
      assert.deepEqual((await Promise.all([contentOf(storage, name), contentOf(storage, name)])).map(String), ['again', 'again']);
    }),
    rule('overwrites nothing: a name that is taken becomes another with its extensions', async (storage) => {
      const first = await storage.save('a/b.tar.gz', text('first'));
      const second = await storage.save('a/b.tar.gz', text('second'));
      assert.equal(first, 'a/b.tar.gz');
      assert.match(second, /^a\/b_[A-Za-z0-9]{7}\.tar\.gz$/);
      assert.equal(String(await contentOf(storage, first)), 'first');
      assert.equal(String(await contentOf(storage, second)), 'second');
    }),
    rule('gives ten saves of one name at a time ten names', async (storage) => {
      const contents = Array.from({ length: 10 }, (_, at) => `content ${at}`);
      const names = await Promise.all(contents.map((content) => storage.save('a.txt', text(content))));
      assert.equal(new Set(names).size, 10);
      for (const [at, name] of names.entries()) assert.equal(String(await contentOf(storage, name)), contents[at]);
    }),
    rule('makes unsafe names safe, and leaves none of their parts that lead elsewhere', async (storage) => {
      for (const unsafe of [
        '../../etc/passwd',
        '/etc/passwd',
        'C:\\windows\\system.ini',
        'a/../../b.txt',
        '.htaccess',
        'a\u0000b.txt',
        '..',
        '',
        'con.txt',
      ]) {
        const name = await storage.save(unsafe, text(unsafe));
        assert.match(name, /^(?!.*(?:^|\/)\.)[-\p{L}\p{M}\p{N}_./]+$/u, `${JSON.stringify(unsafe)} was stored as ${name}`);
        assert.ok(!name.startsWith('/') && name.split('/').every((part) => part !== ''), `${JSON.stringify(unsafe)} was stored as ${name}`);
        assert.equal(String(await contentOf(storage, name)), unsafe);
      }
    }),
    rule('shortens a name to what it is allowed, a second one too', async (storage) => {
      const long = `folder/${'x'.repeat(100)}.jpeg`;
      const names = [await storage.save(long, text('a'), { maxLength: 40 }), await storage.save(long, text('b'), { maxLength: 40 })];
      for (const name of names) assert.match(name, /^folder\/x+_[A-Za-z0-9]{7}\.jpeg$/);
      for (const name of names) assert.ok(name.length <= 40, `${name} has more than 40 characters`);
      assert.notEqual(names[0], names[1]);
    }),
    rule('leaves nothing of a content that fails', async (storage) => {
      const failing = Readable.from(
        (function* () {
          yield Buffer.from('begun');
          throw new Error('the client is gone');
        })(),
        { objectMode: false },
      );
      await assert.rejects(storage.save('a.txt', failing), /the client is gone/);
      assert.equal(await storage.exists('a.txt'), false);
      assert.equal(await storage.save('a.txt', text('whole')), 'a.txt');
    }),
    rule('deletes a file, and minds no file that is not there', async (storage) => {
      const name = await storage.save('a.txt', text('a'));
      await storage.delete(name);
      assert.equal(await storage.exists(name), false);
      await storage.delete(name);
      await storage.delete('never/was.txt');
    }),
    rule('has nothing under a name that it never gave', async (storage) => {
      await storage.save('folder/a.txt', text('a'));
      for (const name of [
        'b.txt',
        'folder',
        'folder/',
        'folder/a.txt/',
        '',
        '..',
        '../a.txt',
        '/folder/a.txt',
        'folder/../folder/a.txt',
        'a\u0000',
        '\ud800',
      ]) {
        assert.equal(await storage.exists(name), false, `there is something under ${JSON.stringify(name)}`);
        await assert.rejects(storage.open(name), NotFound, `${JSON.stringify(name)} can be opened`);
        await assert.rejects(storage.size(name), NotFound, `${JSON.stringify(name)} has a size`);
        await storage.delete(name);
      }
      assert.equal(await storage.exists('folder/a.txt'), true);
    }),
    rule('says an address in which nothing of the name means anything else', async (storage) => {
      const url = storage.url('folder/ä & b?#%.txt');
      assert.ok(/[^/]$/.test(url) && URL.canParse(url, 'http://api.example/'), `${url} is no address`);
      assert.ok(!/[\s?#&]/.test(url.split('?')[0] as string), `${url} has to be encoded`);
      assert.ok(decodeURIComponent(new URL(url, 'http://api.example/').pathname).endsWith('folder/ä & b?#%.txt'), `${url} leads elsewhere`);
    }),
  ];
}

const text = (content: string) => Readable.from([Buffer.from(content)], { objectMode: false });

async function contentOf(storage: Storage, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await storage.open(name)) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
