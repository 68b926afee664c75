import { bookCount, token } from './database.mjs';

const books = '/library/books/';
const authorized = { authorization: `Token ${token}`, 'content-type': 'application/json' };

const filtered = `${books}?language=fr&price__gt=20&ordering=-price&page_size=10`;
const deep = `${books}?page=5000`;
const detail = `${books}${bookCount / 2}/`;

let created = 0;

/** A book that no database of the bench has; every call another one. */
export function newBook() {
  created += 1;
  return {
    title: `A New Leaf ${created}`,
    isbn: String(9_790_000_000_000 + created),
    author: 1 + (created % 1000),
    publisher: 2,
    genres: ['genre-07', 'genre-03'],
    price: '12.50',
    pages: 200,
    published: '2020-02-29',
    language: 'fr',
    in_stock: true,
    rating: 4.5,
    metadata: { shelf: 'A1', tags: ['x', 1, null] },
  };
}

/** The rows of the bench, as autocannon takes requests; `writes` marks the one whose books are taken away again. */
export const measured = [
  { name: 'list, page 1', requests: [{ path: books }], status: 200 },
  { name: 'list, page 5000', requests: [{ path: deep }], status: 200 },
  { name: 'filtered and ordered list', requests: [{ path: filtered }], status: 200 },
  { name: 'detail, nested', requests: [{ path: detail }], status: 200 },
  {
    name: 'create',
    requests: [{ method: 'POST', path: books, headers: authorized, setupRequest: (request) => ({ ...request, body: JSON.stringify(newBook()) }) }],
    status: 201,
    writes: true,
  },
];

const get = (path) => ({ method: 'GET', path });
const post = (body, headers = authorized) => ({ method: 'POST', path: books, headers, body: JSON.stringify(body) });

const leaf = {
  title: 'An Even Newer Leaf',
  isbn: '9791111111111',
  author: 1,
  publisher: 2,
  genres: ['genre-09', 'genre-02'],
  price: '12.5',
  pages: 200,
  published: '2020-02-29',
  language: 'fr',
  in_stock: true,
  rating: 4.5,
  metadata: { tags: ['x', 1, null], shelf: 'A1' },
};
const { title: _title, ...untitled } = leaf;
const anonymous = { 'content-type': 'application/json' };

/** What all three must answer alike, status and body, in this order; the creates stay, so each has the numbers of the others. */
export const compared = [
  ...measured.filter(({ writes }) => !writes).map(({ requests: [{ path }] }) => get(path)),
  ...['page=2', 'page_size=50', 'page_size=500&page=3', 'page_size=0', 'page_size=x', 'page=last', 'page=10000'].map((query) =>
    get(`${books}?${query}`),
  ),
  ...['page=10001', 'page=0', 'page=-1', 'page=x'].map((query) => get(`${books}?${query}`)),
  ...['ordering=price', 'ordering=-published,title', 'ordering=nonsense', 'ordering=-id&page=7', 'ordering=-pages&language=ja'].map((query) =>
    get(`${books}?${query}`),
  ),
  ...[
    'language=xx',
    'language=',
    'price__gt=abc',
    'price__gt=89.99',
    'language=fr&title__icontains=gOLDEN%20r&ordering=-price',
    'title__icontains=%25',
    'language=fr&page=900',
  ].map((query) => get(`${books}?${query}`)),
  ...[1, 7, 13, 99_999, bookCount].map((id) => get(`${books}${id}/`)),
  get(`${books}999999/`),
  get(`${books}abc/`),
  post(leaf, anonymous),
  post(leaf, { ...anonymous, authorization: `Token ${'0'.repeat(40)}` }),
  post({}),
  post([]),
  post('text'),
  post(null),
  post(untitled),
  post({ ...leaf, title: '' }),
  post({ ...leaf, title: null }),
  post({ ...leaf, title: 'x'.repeat(201) }),
  post({ ...leaf, title: 'Untitled' }),
  post({ ...leaf, isbn: '123' }),
  post({ ...leaf, isbn: '9780000000001' }),
  post({ ...leaf, author: 999_999 }),
  post({ ...leaf, author: 'Ada' }),
  post({ ...leaf, author: null }),
  post({ ...leaf, publisher: 999 }),
  post({ ...leaf, genres: ['genre-01', 'nonsense'] }),
  post({ ...leaf, genres: 'genre-01' }),
  post({ ...leaf, price: '-1' }),
  post({ ...leaf, price: 'free' }),
  post({ ...leaf, price: '1.234' }),
  post({ ...leaf, price: '1234567.00' }),
  post({ ...leaf, pages: 0 }),
  post({ ...leaf, pages: 'many' }),
  post({ ...leaf, pages: 10_001 }),
  post({ ...leaf, published: '2020-02-30' }),
  post({ ...leaf, published: '2999-01-01' }),
  post({ ...leaf, language: 'xx' }),
  post({ ...leaf, in_stock: 'perhaps' }),
  post({ ...leaf, title: '', isbn: '1', author: 77_777, price: 'free', pages: -1 }),
  post(leaf),
  post(leaf),
  post({ ...leaf, isbn: '9791111111112' }),
  post({ title: 'Bare', isbn: '9791111111113', author: 2, price: 5, pages: 1 }),
  post({ ...leaf, title: 'No publisher', isbn: '9791111111114', publisher: null, genres: [] }),
];
