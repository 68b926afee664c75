import { Injectable } from '@nestjs/common';
import { Clock, method, ModelSerializer, slugRelated, Temporal } from 'nest-rest-framework';
import { models } from '../generated/models.js';

@Injectable()
export class LoanSerializer extends ModelSerializer(models.loan, {
  fields: ['id', 'book', 'borrowedAt', 'due', 'returnedAt'],
  readOnly: ['book', 'returnedAt'],
}) {
  borrower = slugRelated(models.user, { slug: 'username', readOnly: true });
  overdue = method(
    models.loan,
    { reads: ['returnedAt', 'due'], schema: { type: 'boolean' } },
    ({ returnedAt, due }) => returnedAt === null && Temporal.PlainDate.compare(due, this.clock.today()) < 0,
  );

  constructor(private readonly clock: Clock) {
    super();
  }
}
