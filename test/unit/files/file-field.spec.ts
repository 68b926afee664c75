import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { FileField, file, type FileOptions } from '../../../src/framework/files/file-field.js';
import { ImageField } from '../../../src/framework/files/image-field.js';
import { UploadedFile } from '../../../src/framework/files/uploaded-file.js';
import { char } from '../../../src/framework/fields/char-field.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { defineModel } from '../../../src/framework/models/define-model.js';
import { models } from '../../../src/library/generated/models.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { Serializer, type SerializerClass } from '../../../src/framework/serializers/serializer.js';
import { uploadPath } from '../../../src/framework/files/upload-path.js';
import { FrozenClock } from '../../../src/framework/testing/frozen-clock.js';
import { MemoryStorage } from '../../../src/framework/testing/memory-storage.js';
import { compile, read, refusal } from '../serializers/compiling.js';

const INVALID = 'The submitted data was not a file. Check the encoding type on the form.';
const storage = new MemoryStorage();

function form(values: Readonly<Record<string, unknown>>): FormValues {
  const data = new FormValues();
  for (const [name, value] of Object.entries(values)) data.append(name, value);
  return data;
}

/** A publisher's website is a text of 200 characters: here it holds a file's name. */
function serializerWith(options: FileOptions = {}): SerializerClass {
  return class PublisherSerializer extends ModelSerializer(models.publisher, { fields: ['id'] }) {
    logo = file({ source: 'website', ...options });
  };
}

const compiledWith = (options?: FileOptions, settings = {}) => compile(serializerWith(options), { storage, ...settings });

describe('what is submitted as a file', () => {
  it.each<[string, unknown, FileOptions, string]>([
    ['a text', form({ logo: 'a.txt' }), {}, INVALID],
    ['an empty text, as an empty file input sends', form({ logo: '' }), {}, INVALID],
    ['a JSON text', { logo: 'a.txt' }, {}, INVALID],
    ['a JSON object that looks like one', { logo: { name: 'a', size: 1 } }, {}, INVALID],
    ['nothing', form({}), {}, 'No file was submitted.'],
    ['null', { logo: null }, {}, 'This field may not be null.'],
    ['a file without a name', form({ logo: UploadedFile.of('', 'x') }), {}, 'No filename could be determined.'],
    ['a file of no bytes', form({ logo: UploadedFile.of('a', '') }), {}, 'The submitted file is empty.'],
    ['a long name', form({ logo: UploadedFile.of('ab.txt', 'x') }), { maxLength: 5 }, 'Ensure this filename has at most 5 characters (it has 6).'],
    ['a great file', form({ logo: UploadedFile.of('a', 'xxx') }), { maxSize: 2 }, 'Ensure this file has at most 2 bytes (it has 3).'],
  ])('is refused where it is %s', async (_title, input, options, message) => {
    expect(await refusal(compiledWith(options), input)).toEqual({ logo: [message] });
  });

  it.each<[string, unknown, FileOptions, unknown]>([
    ['null where it may be', { logo: null }, { allowNull: true }, { website: null }],
    ['null for an empty text where it may be', form({ logo: '' }), { allowNull: true }, { website: null }],
    ['nothing for an empty text where nothing is required', form({ logo: '' }), { required: false }, {}],
    ['nothing where nothing is required', form({}), { required: false }, {}],
    [
      'a file of no bytes where it may be',
      form({ logo: UploadedFile.of('a', '') }),
      { allowEmptyFile: true },
      { website: expect.objectContaining({ size: 0 }) },
    ],
    [
      'a name of just so many characters',
      form({ logo: UploadedFile.of('😀b', 'x') }),
      { maxLength: 2 },
      { website: expect.objectContaining({ name: '😀b' }) },
    ],
  ])('is %s', async (_title, input, options, data) => {
    expect(await read(compiledWith(options), input)).toEqual(data);
  });

  it('may be missing in a change', async () => {
    expect(await read(compiledWith(), form({}), { partial: true })).toEqual({});
  });

  it('is seen by validators and hooks, and may be a list of its own', async () => {
    class UploadSerializer extends Serializer {
      title = char();
      files = list({ child: file({ maxSize: 2, validators: [] }), maxLength: 2 });
      validateFiles(files: UploadedFile[]) {
        return files.map(({ name }) => name);
      }
    }
    const data = form({ title: 'two' });
    for (const text of ['a', 'bb']) data.append('files', UploadedFile.of(text, text));
    expect(await read(compile(UploadSerializer), data)).toEqual({ title: 'two', files: ['a', 'bb'] });
    data.append('files', UploadedFile.of('c', 'ccc'));
    expect(await refusal(compile(UploadSerializer), data)).toEqual({ files: { 2: ['Ensure this file has at most 2 bytes (it has 3).'] } });
  });
});

describe('where a file goes', () => {
  async function destination(options: FileOptions, name = 'a b.txt') {
    const data = (await read(compiledWith(options), form({ logo: UploadedFile.of(name, 'x') }))) as { website: UploadedFile };
    return data.website.destination;
  }

  it.each<[string, FileOptions, string]>([
    ['the top', {}, 'a_b.txt'],
    ['a folder', { uploadTo: 'logos/' }, 'logos/a_b.txt'],
    ['a path that a function answers', { uploadTo: ({ name, size }) => `${size}/${name}` }, '1/a_b.txt'],
    ['a path that a function answers later', { uploadTo: async (_file, { partial }) => `partial-${partial}.txt` }, 'partial-false.txt'],
    ['no folder above', { uploadTo: () => '../../etc/passwd' }, 'etc/passwd'],
  ])('is %s', async (_title, options, name) => {
    expect(await destination(options)).toEqual({ storage, name, maxLength: 200 });
  });

  it('is a folder of the moment where it is asked for, in UTC', async () => {
    const clock = new FrozenClock('2026-02-03T23:05:06-05:00');
    expect(await uploadPath('a/%Y/%m/%d/%H-%M-%S', UploadedFile.of('b.txt', ''), { partial: false }, clock)).toBe('a/2026/02/04/04-05-06/b.txt');
    expect((await destination({ uploadTo: '%Y' }))?.name).toMatch(/^20\d\d\/a_b\.txt$/);
  });

  it('is the storage of the field before that of the settings', async () => {
    const own = new MemoryStorage();
    expect((await destination({ storage: own }))?.storage).toBe(own);
  });

  it('keeps the bytes', async () => {
    const data = (await read(compiledWith(), form({ logo: UploadedFile.of('a', 'bytes') }))) as { website: UploadedFile };
    expect(String(await Readable.from(data.website.stream()).toArray())).toBe('bytes');
  });
});

describe('a stored file is shown', () => {
  const shown = (options: FileOptions, settings: object, website: unknown) =>
    compiledWith(options, settings).render({ id: 1, website }, { baseUrl: 'https://api.example' })['logo'];

  it.each<[string, FileOptions, object, unknown, unknown]>([
    ['as its whole address', {}, {}, 'logos/ä b.png', 'https://api.example/media/logos/%C3%A4%20b.png'],
    ['as the address that the storage says', {}, { storage: new MemoryStorage('https://files.example/') }, 'a.png', 'https://files.example/a.png'],
    ['on a host of its own', {}, { storage: new MemoryStorage('//files.example/') }, 'a.png', '//files.example/a.png'],
    ['by a storage whose addresses have no slash in front', {}, { storage: new MemoryStorage('media/') }, 'a.png', 'https://api.example/media/a.png'],
    ['as its name where the settings say so', {}, { uploadedFilesUseUrl: false }, 'a.png', 'a.png'],
    ['as its name where the field says so', { useUrl: false }, {}, 'a.png', 'a.png'],
    ['as its address where the field says so', { useUrl: true }, { uploadedFilesUseUrl: false }, 'a.png', 'https://api.example/media/a.png'],
    ['as null where there is none', {}, {}, null, null],
    ['as null where the name is empty', {}, {}, '', null],
  ])('%s', (_title, options, settings, website, expected) => {
    expect(shown(options, settings, website)).toBe(expected);
  });
});

describe('the field of an annotated column', () => {
  const Person = defineModel('Person', {
    fields: {
      id: 'Int',
      cv: { type: 'String', file: true },
      contract: { type: 'String', file: 'contracts/%Y', blank: true },
      portrait: { type: 'String?', image: 'portraits', label: 'Face' },
    },
  });
  class PersonSerializer extends ModelSerializer(Person, { fields: ['cv', 'contract', 'portrait'], extra: { cv: { helpText: 'Of late.' } } }) {}
  const { fields } = compile(PersonSerializer, { storage });

  it.each([
    ['cv', FileField, { required: true, helpText: 'Of late.' }],
    ['contract', FileField, { required: false, uploadTo: 'contracts/%Y' }],
    ['portrait', ImageField, { required: false, allowNull: true, uploadTo: 'portraits', label: 'Face' }],
  ])('%s is of its class, with what the model says', (name, made, options) => {
    const { field } = fields.find((bound) => bound.name === name)!;
    expect(field).toBeInstanceOf(made);
    expect(field.options).toMatchObject(options);
  });

  it('holds no more of a name than the column', () => {
    const column = { ...models.publisher.fields['website']!, annotations: { file: true } } as const;
    const model = { ...models.publisher, fields: { ...models.publisher.fields, website: column } };
    class LogoSerializer extends ModelSerializer(model, { fields: ['website'] }) {}
    expect(compile(LogoSerializer, { storage }).fields[0]?.field.options).toMatchObject({ maxLength: 200 });
  });
});

describe('a mistake stops the application at boot', () => {
  it.each<[string, () => unknown, string]>([
    [
      'no storage',
      () => compile(serializerWith()),
      'PublisherSerializer: website is a file, and nothing says where files are kept. Set storage in RestModule.forRoot',
    ],
    [
      'a column that is no text',
      () =>
        compile(
          class extends ModelSerializer(models.book, { fields: ['id'] }) {
            pages2 = file({ source: 'pages' });
          },
          { storage },
        ),
      "Book.pages is Int, and a stored file's name is a String.",
    ],
    ['a placeholder that means nothing', () => new FileField({ uploadTo: 'a/%y' }), 'FileField: uploadTo is a/%y, in which %y means nothing.'],
  ])('%s', (_title, make, message) => {
    expect(make).toThrow(message);
  });

  it('but a file that is only shown needs no storage to be named', () => {
    expect(() => compile(serializerWith({ readOnly: true, useUrl: false }))).not.toThrow();
  });
});
