import { describe, expect, it } from 'vitest';
import { hidden } from '../../../src/framework/fields/hidden-field.js';
import { primaryKeyRelated } from '../../../src/framework/relations/primary-key-related-field.js';
import { ModelSerializer } from '../../../src/framework/serializers/model-serializer.js';
import { nested } from '../../../src/framework/serializers/nested-field.js';
import { models } from '../../../src/library/generated/models.js';
import { compile } from './compiling.js';

class Item extends ModelSerializer(models.readingListItem, { fields: ['book', 'note'] }) {}
class List extends ModelSerializer(models.readingList, { fields: ['id', 'name'] }) {
  items = nested(() => Item, { many: true, write: 'replace' });
}
class Review extends ModelSerializer(models.review, { fields: ['rating'], extra: { rating: { helpText: "One's own." } } }) {
  book = primaryKeyRelated(models.book);
  user = hidden({ default: () => 1 });
  validateRating(rating: number) {
    return rating;
  }
}

describe('a serializer as a text', () => {
  it('is its fields as code, nested ones beneath (SER-29)', () => {
    expect(String(compile(List).serializer)).toBe(`List {
  id = new IntegerField({ min: -2147483648, max: 2147483647, readOnly: true });
  name = new CharField({ maxLength: 80, required: true });
  items = nested({ many: true, write: 'replace' }): Item {
    book = new PrimaryKeyRelatedField({ required: true });
    note = new CharField({ maxLength: 200, allowBlank: true, required: false });
  }
}`);
  });

  it('tells what the model asks for, and what the serializer checks itself', () => {
    expect(String(compile(Review).serializer)).toBe(`Review {
  rating = new IntegerField({ min: 1, max: 5, required: true, helpText: 'One\\'s own.' }); // checked by the serializer
  book = new PrimaryKeyRelatedField({ model: models.book });
  user = new HiddenField({ default: default, writeOnly: true });
  // unique together: book, user
}`);
  });

  it('is the name of its class before it is compiled', () => {
    expect(String(new List())).toBe('List');
  });
});
