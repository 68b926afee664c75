import {
  Action,
  Clock,
  Conflict,
  CurrentObject,
  IsAuthenticated,
  ReadOnlyModelViewSet,
  ViewSet,
  type RestRequest,
  type Where,
} from 'nest-rest-framework';
import { Answers } from 'nest-rest-framework/openapi';
import { models, type Loan, type LoanModel } from '../generated/models.js';
import { LoanSerializer } from './loans.serializers.js';
import { LoansService } from './loans.service.js';

@ViewSet('loans', {
  model: models.loan,
  service: LoansService,
  serializer: LoanSerializer,
  permissions: [IsAuthenticated],
  filters: { returnedAt: ['isnull'] },
})
export class LoanViewSet extends ReadOnlyModelViewSet<LoanModel> {
  constructor(private readonly clock: Clock) {
    super();
  }

  override getQueryset({ user }: RestRequest): Where<LoanModel> {
    return user?.isStaff ? {} : { borrowerId: user?.id ?? 0 };
  }

  @Action({ detail: true, methods: ['POST'], urlPath: 'return', urlName: 'return' })
  @Answers(LoanSerializer)
  async giveBack(@CurrentObject() loan: Loan) {
    if (loan.returnedAt) throw new Conflict('This loan was returned already.');
    return this.service.update(loan, { returnedAt: this.clock.now() });
  }
}
