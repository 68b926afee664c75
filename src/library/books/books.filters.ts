import { charFilter, FilterSet, numberFilter } from 'nest-rest-framework';
import { models } from '../generated/models.js';

export class BookFilters extends FilterSet(models.book, {
  title: ['exact', 'icontains', 'istartswith'],
  author: ['exact', 'in'],
  author__name: ['icontains'],
  publisher__country: ['exact'],
  price: ['exact', 'lt', 'gt', 'range'],
  pages: ['gte', 'lte'],
  published: ['exact', 'year', 'year__gte', 'isnull'],
  language: ['exact', 'in'],
  inStock: ['exact'],
  rating: ['gte', 'isnull'],
}) {
  minPrice = numberFilter({ field: 'price', lookup: 'gte' });
  maxPrice = numberFilter({ field: 'price', lookup: 'lte' });
  genre = charFilter({ field: 'genres__slug' });
}
