import { Module } from '@nestjs/common';
import { ApiRoot, ObtainAuthTokenView } from 'nest-rest-framework';
import { AuthorViewSet } from './authors/authors.viewset.js';
import { BookViewSet } from './books/books.viewset.js';
import { GenreViewSet } from './genres/genres.viewset.js';
import { LoansService } from './loans/loans.service.js';
import { LoanViewSet } from './loans/loans.viewset.js';
import { PublisherViewSet } from './publishers/publishers.viewset.js';
import { ReadingListViewSet } from './reading-lists/reading-lists.viewset.js';
import { BookReviewViewSet, ReviewViewSet } from './reviews/reviews.viewset.js';
import { MeView, UserViewSet } from './users/users.views.js';

@Module({
  controllers: [
    ApiRoot,
    BookViewSet,
    AuthorViewSet,
    PublisherViewSet,
    GenreViewSet,
    ReviewViewSet,
    LoanViewSet,
    ReadingListViewSet,
    UserViewSet,
    BookReviewViewSet,
    MeView,
    ObtainAuthTokenView,
  ],
  providers: [LoansService],
})
export class LibraryModule {}
