import { describe, expect, it } from 'vitest';
import { Authentication, type Credentials } from '../../../src/framework/authentication/authentication.js';
import { NotAuthenticated, PermissionDenied } from '../../../src/framework/exceptions/exceptions.js';
import { checkObjectPermissions, checkPermissions } from '../../../src/framework/permissions/check-permissions.js';
import { Permission, type MaybePromise } from '../../../src/framework/permissions/permission.js';
import type { Verdict } from '../../../src/framework/permissions/verdict.js';
import { requestOf, USER } from './requests.js';

class Scheme extends Authentication {
  override authenticate(): Credentials | null {
    return null;
  }
}
const scheme = new Scheme();

class Says extends Permission {
  constructor(
    readonly verdict: MaybePromise<Verdict>,
    override readonly message: string,
    override readonly code = 'custom',
  ) {
    super();
  }
  override hasPermission(): MaybePromise<Verdict> {
    return this.verdict;
  }
  override hasObjectPermission(): MaybePromise<Verdict> {
    return this.verdict;
  }
}
const says = (verdict: MaybePromise<Verdict>, message = '') => new Says(verdict, message);

const denialOf = async (run: () => MaybePromise<void>): Promise<PermissionDenied | NotAuthenticated> => {
  try {
    await run();
  } catch (error) {
    return error as PermissionDenied;
  }
  throw new Error('nothing was denied');
};

describe.each([
  { name: 'checkPermissions', check: checkPermissions },
  {
    name: 'checkObjectPermissions',
    check: ((request, permissions, schemes) => checkObjectPermissions(request, permissions, {}, schemes)) as typeof checkPermissions,
  },
])('$name', ({ check }) => {
  const signedIn = () => requestOf(USER, 'GET', scheme);

  it.each([
    { title: 'none at all', permissions: [] },
    { title: 'those that allow', permissions: [says(true), says(true)] },
    { title: 'those without an opinion', permissions: [says(undefined), says(undefined)] },
  ])('lets a request pass $title, without a promise', ({ permissions }) => {
    expect(check(signedIn(), permissions, [scheme])).toBeUndefined();
  });

  it('lets a request pass those that allow later', async () => {
    await expect(check(signedIn(), [says(Promise.resolve(true)), says(Promise.resolve(undefined)), says(true)], [scheme])).resolves.toBeUndefined();
  });

  it.each([
    { title: 'at once', permissions: [says(true), says(false, 'first'), says(false, 'second')] },
    { title: 'later', permissions: [says(Promise.resolve(true)), says(Promise.resolve(false), 'first'), says(false, 'second')] },
    {
      title: 'at once after one that was later',
      permissions: [says(Promise.resolve(undefined)), says(false, 'first'), says(Promise.resolve(false), 'second')],
    },
  ])('lets the first that denies $title decide, with its message and code', async ({ permissions }) => {
    const error = await denialOf(() => check(signedIn(), permissions, [scheme]));
    expect(error).toBeInstanceOf(PermissionDenied);
    expect([error.status, error.detail, error.code]).toEqual([403, 'first', 'custom']);
  });

  it('answers that credentials are missing where none of the schemes succeeded, and drops the message', async () => {
    const error = await denialOf(() => check(requestOf(null), [says(false, 'first')], [scheme]));
    expect(error).toBeInstanceOf(NotAuthenticated);
    expect([error.status, error.detail]).toEqual([401, 'Authentication credentials were not provided.']);
  });

  it('answers 403 where the view has no schemes', async () => {
    const error = await denialOf(() => check(requestOf(null), [says(false, 'first')], []));
    expect([error.status, error.detail]).toEqual([403, 'first']);
  });

  it('has the default text for a permission without a message', async () => {
    class Never extends Permission {
      override hasPermission() {
        return false;
      }
      override hasObjectPermission() {
        return false;
      }
    }
    const error = await denialOf(() => check(signedIn(), [new Never()], [scheme]));
    expect([error.detail, error.code]).toEqual(['You do not have permission to perform this action.', 'permission_denied']);
  });
});
