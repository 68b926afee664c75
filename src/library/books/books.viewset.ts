import { HttpCode } from '@nestjs/common';
import {
  Action,
  avg,
  Conflict,
  CurrentObject,
  CurrentRequest,
  CurrentUser,
  Data,
  IsAuthenticated,
  IsAuthenticatedOrReadOnly,
  ModelViewSet,
  PageNumberPagination,
  rowCount,
  Response,
  ViewSet,
  type DataHandle,
  type RequestUser,
  type RestRequest,
} from 'nest-rest-framework';
import { Answers } from 'nest-rest-framework/openapi';
import { models, type Book, type BookModel } from '../generated/models.js';
import { LoanSerializer } from '../loans/loans.serializers.js';
import { LoansService } from '../loans/loans.service.js';
import { BookFilters } from './books.filters.js';
import { BookDetailSerializer, BookSerializer } from './books.serializers.js';

@ViewSet('books', {
  model: models.book,
  serializer: BookSerializer,
  actions: { retrieve: { serializer: BookDetailSerializer } },
  description: 'Books of the library.',
  permissions: [IsAuthenticatedOrReadOnly],
  pagination: PageNumberPagination.with({ pageSize: 10, pageSizeQueryParam: 'page_size', maxPageSize: 50 }),
  filters: BookFilters,
  searchFields: ['title', '^isbn', 'author__name'],
  orderingFields: ['id', 'title', 'price', 'published', 'pages', 'author__name'],
})
export class BookViewSet extends ModelViewSet<BookModel> {
  constructor(private readonly loans: LoansService) {
    super();
  }

  @Action({ detail: false })
  async stats(@CurrentRequest() request: RestRequest) {
    const books = await this.filterQueryset(request, await this.rows(request));
    const [all, inStock] = await Promise.all([books.aggregate({ count: rowCount(), pages: avg('pages') }), books.filter({ inStock: true }).count()]);
    return { count: all.count, in_stock: inStock, average_pages: all.pages };
  }

  @Action({ detail: true })
  @Answers(BookSerializer, { many: true })
  async similar(@CurrentRequest() request: RestRequest, @CurrentObject() book: Book) {
    return this.source(request, await this.rows(request, { genres: { some: { books: { some: { id: book.id } } } }, NOT: { id: book.id } }));
  }

  @Action({ detail: true, methods: ['POST'], permissions: [IsAuthenticated], serializer: LoanSerializer })
  @HttpCode(201)
  async borrow(@CurrentObject() book: Book, @CurrentUser() user: RequestUser, @Data() data: DataHandle<typeof LoanSerializer>) {
    if (await this.loans.isOut(book)) throw new Conflict('This book is already on loan.');
    return this.loans.create({ ...(await data.validated()), book: book.id, borrower: user.id });
  }

  @Action({ detail: true, methods: ['POST'], permissions: [IsAuthenticated] })
  async favourite(@CurrentObject() book: Book, @CurrentUser() user: RequestUser) {
    await this.service.update(book, { favouritedBy: { kind: 'link', keys: [user.id] } });
    return new Response(undefined, { status: 204 });
  }

  @Action.mapping('favourite', 'DELETE')
  async unfavourite(@CurrentObject() book: Book, @CurrentUser() user: RequestUser) {
    await this.service.update(book, { favouritedBy: { kind: 'unlink', keys: [user.id] } });
    return new Response(undefined, { status: 204 });
  }

  @Action({ detail: false, permissions: [IsAuthenticated] })
  @Answers(BookSerializer, { many: true })
  async favourites(@CurrentRequest() request: RestRequest, @CurrentUser() user: RequestUser) {
    return this.source(request, await this.rows(request, { favouritedBy: { some: { id: user.id } } }));
  }
}
