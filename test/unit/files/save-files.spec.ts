import { describe, expect, it, vi } from 'vitest';
import { Logger } from '@nestjs/common';
import { saveFiles } from '../../../src/framework/files/save-files.js';
import { UploadedFile } from '../../../src/framework/files/uploaded-file.js';
import { defineModel } from '../../../src/framework/models/define-model.js';
import { MemorySource } from '../../../src/framework/sources/memory/memory-source.js';
import { SourceWriter } from '../../../src/framework/sources/source-writer.js';
import { toWrite } from '../../../src/framework/services/to-write.js';
import { MemoryStorage } from '../../../src/framework/testing/memory-storage.js';
import { models } from '../../../src/library/generated/models.js';

const fileFor = (storage: MemoryStorage, name: string) => UploadedFile.of(name, name).to({ storage, name: `files/${name}` });

describe('the files of a write', () => {
  it('are stored and written by their names, those of rows under it too', async () => {
    const storage = new MemoryStorage();
    const write = toWrite(models.readingList, {
      name: fileFor(storage, 'a') as never,
      items: [{ book: 1, position: 1, note: fileFor(storage, 'b') as never }],
    });
    const saved = (await saveFiles([write]))!;
    expect(saved.writes[0]?.columns).toEqual({ name: 'files/a' });
    expect(saved.writes[0]?.relations['items']).toMatchObject({ kind: 'rows', rows: [{ write: { columns: { note: 'files/b', bookId: 1 } } }] });
    expect(storage.names).toEqual(['files/a', 'files/b']);
    await saved.undo();
    expect(storage.names).toEqual([]);
  });

  it('may be a list of a column', async () => {
    const storage = new MemoryStorage();
    const saved = await saveFiles([{ model: models.author, columns: { bio: [fileFor(storage, 'a'), fileFor(storage, 'a')] }, relations: {} }]);
    expect(saved?.writes[0]?.columns).toEqual({ bio: ['files/a', expect.stringMatching(/^files\/a_\w{7}$/)] });
  });

  it('are none of a write without files, which is left as it is', async () => {
    expect(await saveFiles([toWrite(models.author, { name: 'Ada', bio: '' })])).toBeUndefined();
  });

  it('are removed where one cannot be stored', async () => {
    const storage = new MemoryStorage();
    class Full extends MemoryStorage {
      override async save(): Promise<string> {
        throw new Error('full');
      }
    }
    const write = toWrite(models.author, { name: fileFor(storage, 'a') as never, bio: fileFor(new Full(), 'b') as never });
    await expect(saveFiles([write])).rejects.toThrow('full');
    expect(storage.names).toEqual([]);
  });

  it('are each removed even where the storage fails to remove one, which is logged', async () => {
    const storage = new MemoryStorage();
    const saved = (await saveFiles([toWrite(models.author, { name: fileFor(storage, 'a') as never, bio: fileFor(storage, 'b') as never })]))!;
    vi.spyOn(storage, 'delete').mockRejectedValueOnce(new Error('away'));
    const error = vi.spyOn(Logger.prototype, 'error').mockImplementation(() => {});
    await saved.undo();
    expect(error).toHaveBeenCalledWith('files/a is stored, and the row that it was for is not', expect.any(Error));
    expect(storage.names).toEqual(['files/a']);
  });

  it('that no file field has read are a mistake of the developer', async () => {
    await expect(saveFiles([toWrite(models.author, { bio: UploadedFile.of('a', 'x') as never })])).rejects.toThrow(
      'Author.bio is written as an uploaded file that no file field has read; store it, and write the name that storage.save answers.',
    );
  });
});

describe('the files of rows that a source has', () => {
  const Person = defineModel('Person', { fields: { id: 'Int', cv: 'String' } });
  class PersonSource extends MemorySource<typeof Person> {
    readonly written: unknown[] = [];

    override async create(data: object): Promise<object> {
      this.written.push(data);
      if (this.written.length > 1) throw new Error('full');
      return { id: 1, ...data };
    }

    override async update(_key: number, data: object): Promise<object> {
      return this.create(data);
    }
  }
  const write = (file: UploadedFile) => toWrite(Person, { id: 1, cv: file as never });

  it('are stored by their names, and those of a row that fails are removed alone', async () => {
    const storage = new MemoryStorage();
    const source = new PersonSource(Person);
    const writer = new SourceWriter(source);
    await expect(writer.createMany([write(fileFor(storage, 'a')), write(fileFor(storage, 'b'))])).rejects.toThrow('full');
    expect(source.written).toEqual([
      { id: 1, cv: 'files/a' },
      { id: 1, cv: 'files/b' },
    ]);
    expect(storage.names).toEqual(['files/a']);
    await expect(writer.update(1, write(fileFor(storage, 'c')))).rejects.toThrow('full');
    expect(storage.names).toEqual(['files/a']);
  });
});
