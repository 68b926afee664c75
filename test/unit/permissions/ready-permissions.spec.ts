import { describe, expect, it } from 'vitest';
import { AllowAny } from '../../../src/framework/permissions/allow-any.js';
import { IsAdminUser } from '../../../src/framework/permissions/is-admin-user.js';
import { IsAuthenticated } from '../../../src/framework/permissions/is-authenticated.js';
import { IsAuthenticatedOrReadOnly } from '../../../src/framework/permissions/is-authenticated-or-read-only.js';
import { haveObjectOpinion } from '../../../src/framework/permissions/object-opinion.js';
import type { RequestUser } from '../../../src/framework/requests/request-user.js';
import { requestOf, STAFF, USER } from './requests.js';

describe('the ready permissions', () => {
  it.each([
    { permission: new AllowAny(), anonymousReads: true, anonymousWrites: true, userReads: true, userWrites: true, staffWrites: true },
    { permission: new IsAuthenticated(), anonymousReads: false, anonymousWrites: false, userReads: true, userWrites: true, staffWrites: true },
    { permission: new IsAdminUser(), anonymousReads: false, anonymousWrites: false, userReads: false, userWrites: false, staffWrites: true },
    {
      permission: new IsAuthenticatedOrReadOnly(),
      anonymousReads: true,
      anonymousWrites: false,
      userReads: true,
      userWrites: true,
      staffWrites: true,
    },
  ])('$permission.constructor.name decides by user and method', ({ permission, ...expected }) => {
    expect({
      anonymousReads: permission.hasPermission(requestOf(null, 'GET')),
      anonymousWrites: permission.hasPermission(requestOf(null, 'POST')),
      userReads: permission.hasPermission(requestOf(USER, 'GET')),
      userWrites: permission.hasPermission(requestOf(USER, 'DELETE')),
      staffWrites: permission.hasPermission(requestOf(STAFF, 'PATCH')),
    }).toEqual(expected);
    expect(permission.hasObjectPermission(requestOf(null), {})).toBeUndefined();
    expect(haveObjectOpinion([permission])).toBe(false);
  });

  it.each([
    ['GET', true],
    ['HEAD', true],
    ['OPTIONS', true],
    ['POST', false],
    ['PUT', false],
    ['PATCH', false],
    ['DELETE', false],
    ['TRACE', false],
  ])('an anonymous %s is reading: %s', (method, allowed) => {
    expect(new IsAuthenticatedOrReadOnly().hasPermission(requestOf(null, method))).toBe(allowed);
  });

  it('a user whose isStaff is anything but true is no admin', () => {
    for (const isStaff of [1, 'true', undefined, null, {}]) {
      expect(new IsAdminUser().hasPermission(requestOf({ id: 1, isActive: true, isStaff } as RequestUser))).toBe(false);
    }
  });
});
