import { describe, expect, it } from 'vitest';
import { PermissionDenied } from '../../../src/framework/exceptions/exceptions.js';
import { IsAdminUser } from '../../../src/framework/permissions/is-admin-user.js';
import { checkObjectPermissions, checkPermissions } from '../../../src/framework/permissions/check-permissions.js';
import { combinedVerdict } from '../../../src/framework/permissions/composed-permission.js';
import { haveObjectOpinion } from '../../../src/framework/permissions/object-opinion.js';
import { Permission, type MaybePromise, type PermissionClass } from '../../../src/framework/permissions/permission.js';
import { and, not, or, type PermissionLike } from '../../../src/framework/permissions/permission-expression.js';
import { resolvePermissions } from '../../../src/framework/permissions/resolve-permissions.js';
import type { Verdict } from '../../../src/framework/permissions/verdict.js';
import type { RestRequest } from '../../../src/framework/requests/rest-request.js';
import { requestOf, STAFF, USER } from './requests.js';

const VERDICTS = [true, false, undefined] as const;
const word = (verdict: Verdict) => (verdict === undefined ? 'none' : verdict ? 'allow' : 'deny');

function saying(ofRequest: Verdict, ofObject?: Verdict, late = false): PermissionClass {
  return class Saying extends Permission {
    override hasPermission(): MaybePromise<Verdict> {
      return late ? Promise.resolve(ofRequest) : ofRequest;
    }
    override hasObjectPermission(): MaybePromise<Verdict> {
      return late ? Promise.resolve(ofObject) : ofObject;
    }
  };
}

const make = (like: PermissionLike) => resolvePermissions([like], (permission) => new permission())[0]!;
const request = requestOf(USER);

/** Strong Kleene logic, written out. */
const AND: Record<string, string> = {
  'allow allow': 'allow',
  'allow deny': 'deny',
  'allow none': 'none',
  'deny allow': 'deny',
  'deny deny': 'deny',
  'deny none': 'deny',
  'none allow': 'none',
  'none deny': 'deny',
  'none none': 'none',
};
const OR: Record<string, string> = {
  'allow allow': 'allow',
  'allow deny': 'allow',
  'allow none': 'allow',
  'deny allow': 'allow',
  'deny deny': 'deny',
  'deny none': 'none',
  'none allow': 'allow',
  'none deny': 'none',
  'none none': 'none',
};
const NOT: Record<string, string> = { allow: 'deny', deny: 'allow', none: 'none' };
/** What a permission says of a request and an object together. */
const COMBINED: Record<string, string> = {
  'allow allow': 'allow',
  'allow deny': 'deny',
  'allow none': 'allow',
  'deny allow': 'deny',
  'deny deny': 'deny',
  'deny none': 'deny',
  'none allow': 'allow',
  'none deny': 'deny',
  'none none': 'none',
};

const pairs = VERDICTS.flatMap((a) => VERDICTS.map((b) => ({ a, b, names: `${word(a)} ${word(b)}` })));

describe.each([
  { late: false, how: 'at once' },
  { late: true, how: 'with a promise' },
])('permissions that answer $how', ({ late }) => {
  it.each(pairs)('on a request, and / or of $names', async ({ a, b, names }) => {
    const [left, right] = [saying(a, undefined, late), saying(b, undefined, late)];
    expect(word(await make(and(left, right)).hasPermission(request))).toBe(AND[names]);
    expect(word(await make(or(left, right)).hasPermission(request))).toBe(OR[names]);
  });

  it.each(VERDICTS)('on a request, not of %s', async (verdict) => {
    expect(word(await make(not(saying(verdict, undefined, late))).hasPermission(request))).toBe(NOT[word(verdict)]);
  });

  it.each(pairs)('a permission that says $names of request and object', async ({ a, b, names }) => {
    const one = saying(a, b, late);
    expect(word(await combinedVerdict(make(one), request, {}))).toBe(COMBINED[names]);
    expect(word(await make(not(one)).hasObjectPermission(request, {}))).toBe(NOT[COMBINED[names]!]);
    expect(word(await make(not(not(one))).hasObjectPermission(request, {}))).toBe(COMBINED[names]);
  });

  it.each(pairs.flatMap((left) => pairs.map((right) => ({ left, right, title: `(${left.names}) with (${right.names})` }))))(
    'on an object, and / or of $title',
    async ({ left, right }) => {
      const [a, b] = [saying(left.a, left.b, late), saying(right.a, right.b, late)];
      const combined = `${COMBINED[left.names]} ${COMBINED[right.names]}`;
      expect(word(await make(and(a, b)).hasObjectPermission(request, {}))).toBe(AND[combined]);
      expect(word(await make(or(a, b)).hasObjectPermission(request, {}))).toBe(OR[combined]);
    },
  );
});

describe('a composition', () => {
  class IsOwner extends Permission {
    override hasObjectPermission({ user }: RestRequest, object: unknown): boolean {
      return (object as { owner: unknown }).owner === user?.id;
    }
  }
  const pass = (permission: Permission, asker: RestRequest, object: object) =>
    word(asker && (checkPermissions(asker, [permission], []), permission.hasObjectPermission(asker, object) as Verdict));

  it.each([
    { who: 'the owner', asker: requestOf(USER), object: { owner: USER.id }, verdict: 'allow' },
    { who: 'another', asker: requestOf(USER), object: { owner: 77 }, verdict: 'deny' },
    { who: 'an admin', asker: requestOf(STAFF), object: { owner: 77 }, verdict: 'allow' },
  ])('or(IsAdminUser, IsOwner) says $verdict of $who on an object', ({ asker, object, verdict }) => {
    expect(pass(make(or(IsAdminUser, IsOwner)), asker, object)).toBe(verdict);
  });

  it.each([
    { who: 'a user', asker: requestOf(USER), verdict: 'allow' },
    { who: 'an admin', asker: requestOf(STAFF), verdict: 'deny' },
  ])('not(IsAdminUser) says $verdict of $who on an object, where DRF denies every object', ({ asker, verdict }) => {
    expect(word(make(not(IsAdminUser)).hasObjectPermission(asker, {}) as Verdict)).toBe(verdict);
  });

  it('not(IsOwner) has no opinion of a request and denies the owner alone', () => {
    const permission = make(not(IsOwner));
    expect(permission.hasPermission(request)).toBeUndefined();
    expect(permission.hasObjectPermission(request, { owner: USER.id })).toBe(false);
    expect(permission.hasObjectPermission(request, { owner: 77 })).toBe(true);
  });

  it.each([
    { name: 'and', compose: and, first: false },
    { name: 'or', compose: or, first: true },
  ])('$name asks no further than it must', ({ compose, first }) => {
    const never = class extends Permission {
      override hasPermission(): Verdict {
        throw new Error('asked');
      }
    };
    expect(make(compose(saying(first), never)).hasPermission(request)).toBe(first);
  });

  it.each([null, 0, '', 1, 'yes', {}])('an answer %j of plain JavaScript denies', (answer) => {
    const untyped = saying(answer as unknown as Verdict, answer as unknown as Verdict);
    expect(make(or(untyped, untyped)).hasPermission(request)).toBe(false);
    expect(make(not(untyped)).hasPermission(request)).toBe(true);
    expect(() => checkPermissions(request, [make(untyped)], [])).toThrow(PermissionDenied);
    expect(() => checkObjectPermissions(request, [make(untyped)], {}, [])).toThrow(PermissionDenied);
  });

  it('has an opinion of objects where one of its leaves has', () => {
    expect(haveObjectOpinion([make(or(IsAdminUser, not(IsOwner)))])).toBe(true);
    expect(haveObjectOpinion([make(or(IsAdminUser, not(IsAdminUser)))])).toBe(false);
  });
});
