import { Injectable } from '@nestjs/common';
import { ModelService } from 'nest-rest-framework';
import { models, type Book, type LoanModel } from '../generated/models.js';

@Injectable()
export class LoansService extends ModelService<LoanModel> {
  constructor() {
    super(models.loan);
  }

  isOut(book: Book): Promise<boolean> {
    return this.objects.filter({ bookId: book.id, returnedAt: null }).exists();
  }
}
