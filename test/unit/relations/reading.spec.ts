import { describe, expect, it } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { RawNumber } from '../../../src/framework/parsers/raw-number.js';
import { hyperlinkedRelated } from '../../../src/framework/relations/hyperlinked-related-field.js';
import { primaryKeyRelated } from '../../../src/framework/relations/primary-key-related-field.js';
import { slugRelated } from '../../../src/framework/relations/slug-related-field.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { Routes } from '../../../src/framework/routers/routes.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { models } from '../../../src/library/generated/models.js';
import { compile, everything, nothing, read, refusal } from '../serializers/compiling.js';

const routes = new Routes();
for (const [path, routeName] of [
  ['/authors/:pk/', 'author-detail'],
  ['/authors/active/', 'author-active'],
  ['/books/:pk/', 'book-detail'],
] as const) {
  routes.add({ path, routeName, methods: ['GET'] });
}

class Relations extends Serializer {
  pk = primaryKeyRelated(models.author, { required: false });
  pks = primaryKeyRelated(models.author, { many: true, required: false });
  some = primaryKeyRelated(models.author, { many: true, required: false, allowEmpty: false });
  maybe = primaryKeyRelated(models.author, { required: false, allowNull: true });
  loan = primaryKeyRelated(models.loan, { required: false });
  slug = slugRelated(models.genre, { slug: 'slug', required: false });
  slugs = slugRelated(models.genre, { slug: 'slug', many: true, required: false });
  link = hyperlinkedRelated(models.author, { required: false });
  links = hyperlinkedRelated(models.author, { many: true, required: false });
  sent = hyperlinkedRelated(models.author, { required: false, writeOnly: true });
}
const relations = compile(Relations, {}, routes);
const uuid = '825d7aeb-05a9-45b5-a5b7-05df87923cda';

describe('a relation’s input', () => {
  it.each<[string, object, object]>([
    ['a key', { pk: 3 }, { pk: 3 }],
    ['a key in a text', { pk: ' 3 ' }, { pk: 3 }],
    ['keys, in their order and as often as they came', { pks: [2, '1', 2] }, { pks: [2, 1, 2] }],
    ['no keys', { pks: [] }, { pks: [] }],
    ['the keys of a record, as Python goes through one', { pks: { 1: 'x', 2: 'y' } }, { pks: [1, 2] }],
    ['null where it is allowed', { maybe: null }, { maybe: null }],
    ['an empty text for null (REL-0)', { maybe: '' }, { maybe: null }],
    ['a UUID however it is written', { loan: `{${uuid.toUpperCase()}}` }, { loan: uuid }],
    ['a slug', { slug: 'x' }, { slug: 'x' }],
    ['a number for a slug', { slug: 7 }, { slug: '7' }],
    ['an address on any host', { link: 'http://elsewhere:99/authors/3/?x=1#y' }, { link: 3 }],
    ['an address without a host', { link: '/authors/3/' }, { link: 3 }],
    ['an address that is never shown', { sent: '/authors/3/' }, { sent: 3 }],
    ['addresses', { links: ['/authors/3/', 'https://api/authors/4/'] }, { links: [3, 4] }],
  ])('may be %s', async (_what, input, data) => {
    expect(await read(relations, input)).toEqual(data);
  });

  it.each<[string, object, string[]]>([
    ['pk', { pk: null }, ['This field may not be null.']],
    ['pk', { pk: '' }, ['This field may not be null.']],
    ['pk', { pk: 'x' }, ['Incorrect type. Expected pk value, received str.']],
    ['pk', { pk: true }, ['Incorrect type. Expected pk value, received bool.']],
    ['pk', { pk: [1] }, ['Incorrect type. Expected pk value, received list.']],
    ['pk', { pk: { id: 1 } }, ['Incorrect type. Expected pk value, received dict.']],
    ['pk', { pk: 1.5 }, ['Invalid pk "1.5" - object does not exist.']],
    ['pk', { pk: 2 ** 31 }, ['Invalid pk "2147483648" - object does not exist.']],
    ['pk', { pk: new RawNumber('12345678901234567890') }, ['Invalid pk "12345678901234567890" - object does not exist.']],
    ['pk', { pk: new RawNumber('1e400') }, ['Incorrect type. Expected pk value, received float.']],
    ['pks', { pks: 1 }, ['Expected a list of items but got type "int".']],
    ['pks', { pks: 'x' }, ['Expected a list of items but got type "str".']],
    ['pks', { pks: new RawNumber('12345678901234567890') }, ['Expected a list of items but got type "int".']],
    ['pks', { pks: null }, ['This field may not be null.']],
    ['pks', { pks: [1, null] }, ['Invalid pk "None" - object does not exist.']],
    ['pks', { pks: [1, ''] }, ['Incorrect type. Expected pk value, received str.']],
    ['pks', { pks: [1, 'x', true] }, ['Incorrect type. Expected pk value, received str.']],
    ['some', { some: [] }, ['This list may not be empty.']],
    ['loan', { loan: 'x' }, ['“x” is not a valid UUID.']],
    ['loan', { loan: 'a\0' }, ['“a\0” is not a valid UUID.']],
    ['slug', { slug: {} }, ['Invalid value.']],
    ['slug', { slug: ['x'] }, ['Invalid value.']],
    ['slug', { slug: 'a\0b' }, ['Invalid value.']],
    ['slug', { slug: '\ud800' }, ['Invalid value.']],
    ['slugs', { slugs: ['x', null] }, ['Object with slug=None does not exist.']],
    ['link', { link: 3 }, ['Incorrect type. Expected URL string, received int.']],
    ['link', { link: '/nowhere/3/' }, ['Invalid hyperlink - No URL match.']],
    ['link', { link: '/authors/%ff/' }, ['Invalid hyperlink - No URL match.']],
    ['link', { link: '/books/3/' }, ['Invalid hyperlink - Incorrect URL match.']],
    ['link', { link: '/authors/active/' }, ['Invalid hyperlink - Incorrect URL match.']],
    ['link', { link: '/authors/x/' }, ['Invalid hyperlink - Object does not exist.']],
    ['links', { links: ['/authors/1/', null] }, ['Incorrect type. Expected URL string, received NoneType.']],
  ])('of %s is refused: %j', async (field, input, messages) => {
    expect(await refusal(relations, input)).toEqual({ [field]: messages });
  });

  it.each<[string, object, string[]]>([
    ['pk', { pk: 99 }, ['Invalid pk "99" - object does not exist.']],
    ['pks', { pks: [98, 99] }, ['Invalid pk "98" - object does not exist.']],
    ['slug', { slug: 'x' }, ['Object with slug=x does not exist.']],
    ['slug', { slug: true }, ['Object with slug=True does not exist.']],
    ['slugs', { slugs: ['x'] }, ['Object with slug=x does not exist.']],
    ['link', { link: '/authors/99/' }, ['Invalid hyperlink - Object does not exist.']],
  ])('of %s that names no row is refused: %j', async (field, input, messages) => {
    expect(await refusal(relations, input, { lookups: nothing })).toEqual({ [field]: messages });
  });

  it('that two rows answer to is refused', async () => {
    const two = async () => [new Map([['x', { key: 1, rows: 2 }]])];
    expect(await refusal(relations, { slug: 'x' }, { lookups: two })).toEqual({ slug: ['Invalid value.'] });
  });

  it('is the key of the row that a slug names', async () => {
    const found = async () => [new Map([['x', { key: 11, rows: 1 }]])];
    expect(await read(relations, { slug: 'x' }, { lookups: found })).toEqual({ slug: 11 });
  });

  it('has validators of its own, which see keys', async () => {
    class Team extends ModelSerializer(models.book, { fields: [] }) {
      author = primaryKeyRelated(models.author, {
        validators: [
          (key: number) => {
            if (key === 3) throw new ValidationError('Not this one.');
          },
        ],
      });
    }
    expect(await refusal(compile(Team), { author: 3 })).toEqual({ author: ['Not this one.'] });
    expect(await read(compile(Team), { author: 4 })).toEqual({ author: 4 });
  });

  it('is looked for in the rows that a client may choose from', async () => {
    class Staffed extends ModelSerializer(models.book, { fields: [] }) {
      author = primaryKeyRelated(models.author, { queryset: { bio: { not: '' } } });
    }
    const scopes: unknown[] = [];
    await read(
      compile(Staffed),
      { author: 3 },
      { lookups: (asked) => (scopes.push(...asked.map((one) => 'scope' in one && one.scope)), everything(asked)) },
    );
    expect(scopes).toEqual([{ bio: { not: '' } }]);
  });
});

describe('a relation in a form', () => {
  const form = (...entries: [string, string][]) => {
    const values = new FormValues();
    for (const [name, value] of entries) values.append(name, value);
    return values;
  };

  it.each<[string, FormValues, boolean, object]>([
    ['every value of a name', form(['pks', '1'], ['pks', '2'], ['some', '3']), false, { pks: [1, 2], some: [3], slugs: [], links: [] }],
    ['the last value for one row', form(['pk', '1'], ['pk', '2'], ['some', '3']), false, { pk: 2, pks: [], some: [3], slugs: [], links: [] }],
    ['nothing of a partial update that does not name it', form(['pk', '2']), true, { pk: 2 }],
    ['an empty text as null', form(['maybe', '']), true, { maybe: null }],
  ])('is %s', async (_what, values, partial, data) => {
    expect(await read(relations, values, { partial })).toEqual(data);
  });

  it('that must be there is not an empty text', async () => {
    class Must extends Serializer {
      author = primaryKeyRelated(models.author);
    }
    expect(await refusal(compile(Must), form(['author', '']))).toEqual({ author: ['This field may not be null.'] });
  });
});
