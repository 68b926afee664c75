import { Injectable } from '@nestjs/common';
import {
  choiceLabel,
  Clock,
  extendSerializer,
  method,
  ModelSerializer,
  nested,
  slugRelated,
  stringRelated,
  Temporal,
  ValidationError,
  type FieldContext,
  type InputOf,
} from 'nest-rest-framework';
import { AuthorSummarySerializer } from '../authors/authors.serializers.js';
import { models, type Book } from '../generated/models.js';
import { GenreSerializer } from '../genres/genres.viewset.js';

@Injectable()
export class BookSerializer extends ModelSerializer(models.book, {
  fields: [
    'id',
    'title',
    'isbn',
    'author',
    'publisher',
    'price',
    'pages',
    'published',
    'language',
    'inStock',
    'rating',
    'metadata',
    'createdAt',
    'updatedAt',
  ],
}) {
  genres = slugRelated(models.genre, { slug: 'slug', many: true, required: false });

  constructor(private readonly clock: Clock) {
    super();
  }

  validateTitle(title: string) {
    if (title.toLowerCase() === 'untitled') throw new ValidationError('Give the book a title.');
    return title;
  }

  override validate(data: Partial<InputOf<typeof BookSerializer>>, { instance }: FieldContext) {
    const published = data.published ?? (instance as Book | undefined)?.published;
    if (data.inStock && published && Temporal.PlainDate.compare(published, this.clock.today()) > 0) {
      throw new ValidationError({ inStock: 'A book not yet published cannot be in stock.' });
    }
    return data;
  }
}

export class BookDetailSerializer extends extendSerializer(BookSerializer, { omit: ['author', 'publisher', 'genres'] }) {
  author = nested(() => AuthorSummarySerializer, { readOnly: true });
  publisher = stringRelated({ source: 'publisher.name' });
  genres = nested(() => GenreSerializer, { many: true, readOnly: true });
  languageName = choiceLabel('language');
  isLong = method(models.book, { reads: ['pages'], schema: { type: 'boolean' } }, ({ pages }) => pages >= 500);
}
