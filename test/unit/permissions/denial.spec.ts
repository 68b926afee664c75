import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import type { Authentication } from '../../../src/framework/authentication/authentication.js';
import { APIException } from '../../../src/framework/exceptions/api-exception.js';
import { checkObjectPermissions, checkPermissions } from '../../../src/framework/permissions/check-permissions.js';
import { IsAdminUser } from '../../../src/framework/permissions/is-admin-user.js';
import { IsAuthenticated } from '../../../src/framework/permissions/is-authenticated.js';
import { Permission, type MaybePromise, type PermissionContext } from '../../../src/framework/permissions/permission.js';
import { and, not, or, or404, type PermissionLike } from '../../../src/framework/permissions/permission-expression.js';
import { resolvePermissions } from '../../../src/framework/permissions/resolve-permissions.js';
import type { RequestUser } from '../../../src/framework/requests/request-user.js';
import { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { models } from '../../../src/library/generated/models.js';
import { STAFF, USER } from './requests.js';

const scheme = {} as Authentication;

class IsOwner extends Permission {
  override readonly message = 'Not yours.';
  override hasObjectPermission({ user }: RestRequest, object: { owner: unknown }): boolean {
    return object.owner === user?.id;
  }
}

class PaymentRequired extends APIException {
  override readonly status = 402;
  override readonly defaultDetail = 'Pay first.';
  override readonly defaultCode = 'unpaid';
}

class HasPaid extends Permission {
  override hasPermission(): boolean {
    return false;
  }
  override hasObjectPermission(): boolean {
    return false;
  }
  override denial(): MaybePromise<APIException> {
    return new PaymentRequired();
  }
}

class HasPaidLately extends HasPaid {
  override denial(): Promise<APIException> {
    return Promise.resolve(new PaymentRequired());
  }
}

class Never extends Permission {
  override readonly message = 'Never.';
  override hasPermission(): boolean {
    return false;
  }
}

function asking(user: RequestUser | null, handler: object = { model: models.book }): RestRequest {
  const request = RestRequest.of({ method: 'GET', url: '/', headers: {}, routeOptions: { config: { rest: handler } } } as unknown as FastifyRequest);
  request.user = user;
  request.authenticator = user && scheme;
  return request;
}

const make = (...likes: PermissionLike[]) => resolvePermissions(likes, (permission) => new permission());

async function answerOf(check: () => MaybePromise<void>): Promise<unknown> {
  try {
    await check();
    return 'passes';
  } catch (error) {
    return error instanceof APIException ? [error.status, (error.body() as { detail: string }).detail] : error;
  }
}

const FORBIDDEN = [403, 'You do not have permission to perform this action.'];
const UNKNOWN = [401, 'Authentication credentials were not provided.'];
const NO_BOOK = [404, 'No Book matches the given query.'];
const NOTHING = [404, 'Not found.'];
const UNPAID = [402, 'Pay first.'];

describe('a denied request', () => {
  it.each<[string, PermissionLike, RequestUser | null, unknown]>([
    ['HasPaid', HasPaid, USER, UNPAID],
    ['HasPaid, anonymous', HasPaid, null, UNPAID],
    ['HasPaidLately', HasPaidLately, USER, UNPAID],
    ['or404(Never)', or404(Never), USER, NOTHING],
    ['or404(Never), anonymous', or404(Never), null, UNKNOWN],
    ['or404(IsAdminUser), staff', or404(IsAdminUser), STAFF, 'passes'],
    ['and(IsAuthenticated, HasPaid)', and(IsAuthenticated, HasPaid), USER, UNPAID],
    ['and(IsAuthenticated, HasPaid), anonymous', and(IsAuthenticated, HasPaid), null, UNKNOWN],
    ['and(HasPaid, or404(Never))', and(HasPaid, or404(Never)), USER, UNPAID],
    ['and(Never, HasPaid)', and(Never, HasPaid), USER, FORBIDDEN],
    ['or(IsAdminUser, HasPaid)', or(IsAdminUser, HasPaid), USER, UNPAID],
    ['or(IsAdminUser, HasPaid), staff', or(IsAdminUser, HasPaid), STAFF, 'passes'],
    ['or(IsAdminUser, or404(Never))', or(IsAdminUser, or404(Never)), USER, NOTHING],
    ['or404(HasPaid)', or404(HasPaid), USER, NOTHING],
    ['not(IsAuthenticated)', not(IsAuthenticated), USER, FORBIDDEN],
    ['not(or404(IsAuthenticated))', not(or404(IsAuthenticated)), USER, FORBIDDEN],
    ['or404(not(IsAuthenticated))', or404(not(IsAuthenticated)), USER, NOTHING],
  ])('by %s is answered', async (_title, permission, user, answer) => {
    expect(await answerOf(() => checkPermissions(asking(user), make(permission), [scheme]))).toEqual(answer);
  });
});

describe('a denied object', () => {
  it.each<[string, PermissionLike, RequestUser | null, unknown]>([
    ['IsOwner', IsOwner, USER, [403, 'Not yours.']],
    ['HasPaidLately', HasPaidLately, USER, UNPAID],
    ['or404(IsOwner)', or404(IsOwner), USER, NO_BOOK],
    ['or404(IsOwner), anonymous', or404(IsOwner), null, NO_BOOK],
    ['or(IsAdminUser, or404(IsOwner))', or(IsAdminUser, or404(IsOwner)), USER, NO_BOOK],
    ['or(IsAdminUser, or404(IsOwner)), staff', or(IsAdminUser, or404(IsOwner)), STAFF, 'passes'],
    ['or404(or(IsAdminUser, IsOwner))', or404(or(IsAdminUser, IsOwner)), USER, NO_BOOK],
    ['and(IsAuthenticated, or404(IsOwner))', and(IsAuthenticated, or404(IsOwner)), USER, NO_BOOK],
    ['and(IsOwner, HasPaid)', and(IsOwner, HasPaid), USER, FORBIDDEN],
    ['not(or404(IsAuthenticated))', not(or404(IsAuthenticated)), USER, FORBIDDEN],
  ])('by %s is answered', async (_title, permission, user, answer) => {
    expect(await answerOf(() => checkObjectPermissions(asking(user), make(permission), { owner: 77 }, [scheme]))).toEqual(answer);
  });

  it('of a view without a model is not found', async () => {
    expect(await answerOf(() => checkObjectPermissions(asking(USER, {}), make(or404(IsOwner)), { owner: 77 }, [scheme]))).toEqual(NOTHING);
  });

  it('passes where its owner asks', async () => {
    expect(await answerOf(() => checkObjectPermissions(asking(USER), make(or404(IsOwner)), { owner: USER.id }, [scheme]))).toBe('passes');
  });
});

describe('a view’s permissionDenied', () => {
  const refusing = (say: (...args: unknown[]) => void) => asking(USER, { view: { permissionDenied: say } });

  it('words the denial, and is told the permission’s message', async () => {
    const request = refusing((_request, message) => {
      throw new PaymentRequired(`No: ${String(message)}`);
    });
    expect(await answerOf(() => checkPermissions(request, make(Never), [scheme]))).toEqual([402, 'No: Never.']);
  });

  it('cannot let a request pass', async () => {
    expect(
      await answerOf(() =>
        checkPermissions(
          refusing(() => {}),
          make(Never),
          [scheme],
        ),
      ),
    ).toEqual([403, 'Never.']);
  });
});

describe('a composition', () => {
  class Told extends Permission {
    static readonly told: unknown[] = [];
    override prefetch(_request: RestRequest, objects: readonly object[]): void {
      Told.told.push(objects);
    }
    override assertUsable(view: PermissionContext): void {
      Told.told.push(view.owner);
    }
  }

  it('tells its parts of the view at boot, and of the objects of a bulk write', async () => {
    const [permission] = make(or(IsAdminUser, not(or404(Told))));
    permission!.assertUsable({ owner: 'Books', model: models.book, actions: [], ignoresModelPermissions: false });
    const objects = [{}, {}];
    await permission!.prefetch(asking(USER), objects);
    expect(Told.told).toEqual(['Books', objects]);
  });
});
