import { currentUser, extendSerializer, hidden, ModelSerializer, primaryKeyRelated, readOnly } from 'nest-rest-framework';
import { models } from '../generated/models.js';

export class ReviewSerializer extends ModelSerializer(models.review, { fields: ['id', 'book', 'rating', 'text', 'createdAt'] }) {
  user = hidden({ default: currentUser() });
  username = readOnly({ source: 'user.username' });
}

export class BookReviewSerializer extends extendSerializer(ReviewSerializer, { omit: ['book'] }) {
  book = primaryKeyRelated(models.book, { readOnly: true });
}
