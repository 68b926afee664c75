import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { codenameOf, KnownPermissions } from '../../../src/framework/authorization/known-permissions.js';
import { models } from '../../../src/library/generated/models.js';

describe('the permissions that there are', () => {
  const known = new KnownPermissions({ book: models.book, readingList: models.readingList }, { Book: ['publish', 'send_back'] });

  it('are four of each model, and those that a setting adds', () => {
    expect(known.all.map(({ codename, model, name }) => [codename, model.name, name])).toEqual([
      ['add_book', 'Book', 'Can add book'],
      ['change_book', 'Book', 'Can change book'],
      ['delete_book', 'Book', 'Can delete book'],
      ['view_book', 'Book', 'Can view book'],
      ['publish_book', 'Book', 'Can publish book'],
      ['send_back_book', 'Book', 'Can send back book'],
      ['add_readinglist', 'ReadingList', 'Can add reading list'],
      ['change_readinglist', 'ReadingList', 'Can change reading list'],
      ['delete_readinglist', 'ReadingList', 'Can delete reading list'],
      ['view_readinglist', 'ReadingList', 'Can view reading list'],
    ]);
  });

  it('are named by a template', () => {
    expect(codenameOf('view_{model}', models.readingList)).toBe('view_readinglist');
  });

  it('are a mistake where there is none, told with the nearest', () => {
    expect(() => known.get('chnge_book', 'here')).toThrow(ConfigurationError);
    expect(() => known.get('chnge_book', 'here')).toThrow('here: there is no permission chnge_book. Did you mean change_book?');
  });

  it('are added to a model that there is', () => {
    expect(() => new KnownPermissions({ book: models.book }, { Bok: ['publish'] })).toThrow(
      'RestModule.forRoot: modelPermissions names Bok, which is no model. Did you mean Book?',
    );
  });
});
