import { count, hyperlinkedRelated, ModelSerializer } from 'nest-rest-framework';
import { models } from '../generated/models.js';

export class AuthorSerializer extends ModelSerializer(models.author, { fields: ['id', 'name', 'email', 'bio', 'born', 'createdAt'] }) {
  books = hyperlinkedRelated(models.book, { many: true, readOnly: true });
  bookCount = count(models.author, 'books');
}

export class AuthorSummarySerializer extends ModelSerializer(models.author, { fields: ['id', 'name'] }) {}
