import { describe, expect, it } from 'vitest';
import { AllowAny } from '../../../src/framework/permissions/allow-any.js';
import { IsAdminUser } from '../../../src/framework/permissions/is-admin-user.js';
import { IsAuthenticated } from '../../../src/framework/permissions/is-authenticated.js';
import type { PermissionClass } from '../../../src/framework/permissions/permission.js';
import { and, not, or } from '../../../src/framework/permissions/permission-expression.js';
import { permissionClasses, resolvePermissions } from '../../../src/framework/permissions/resolve-permissions.js';

describe('a composition of permissions', () => {
  it('is equal to another of the same structure', () => {
    expect(or(IsAdminUser, not(AllowAny)).equals(or(IsAdminUser, not(AllowAny)))).toBe(true);
    expect(or(IsAdminUser, not(AllowAny))).toEqual(or(IsAdminUser, not(AllowAny)));
  });

  it.each([
    ['another operator', and(IsAdminUser, AllowAny)],
    ['another order', or(AllowAny, IsAdminUser)],
    ['another operand', or(IsAdminUser, IsAuthenticated)],
    ['more operands', or(IsAdminUser, AllowAny, IsAuthenticated)],
    ['deeper operands', or(IsAdminUser, not(AllowAny))],
    ['a class', IsAdminUser],
  ])('differs from one with %s', (_what, other) => {
    expect(or(IsAdminUser, AllowAny).equals(other)).toBe(false);
  });

  it('cannot be changed', () => {
    const expression = or(IsAdminUser, AllowAny);
    expect(() => (expression.operands as PermissionClass[]).push(IsAuthenticated)).toThrow(TypeError);
    expect(() => Object.assign(expression, { operator: 'and' })).toThrow(TypeError);
  });

  it('is written as it was composed', () => {
    expect(String(or(IsAdminUser, and(IsAuthenticated, not(AllowAny))))).toBe('or(IsAdminUser, and(IsAuthenticated, not(AllowAny)))');
  });

  it('names each of its classes once', () => {
    expect(permissionClasses([IsAdminUser, or(IsAdminUser, and(AllowAny, not(IsAdminUser)))])).toEqual([IsAdminUser, AllowAny]);
  });

  it('refuses to compose nothing, and what is no permission', () => {
    expect(() => and()).toThrow(/and\(\): nothing to compose/);
    expect(() => or(new IsAdminUser() as unknown as PermissionClass)).toThrow(/neither a permission class nor a composition/);
  });
});

describe('resolving a list of permissions', () => {
  it('makes the leaves by the function it is given, in order', () => {
    const made: string[] = [];
    const resolved = resolvePermissions([IsAuthenticated, or(IsAdminUser, AllowAny)], (permission) => {
      made.push(permission.name);
      return new permission();
    });
    expect(made).toEqual(['IsAuthenticated', 'IsAdminUser', 'AllowAny']);
    expect(resolved.map((permission) => permission.constructor.name)).toEqual(['IsAuthenticated', 'ComposedPermission']);
  });

  it.each([
    ['a class', class Nothing {}],
    ['an object', {}],
    ['undefined', undefined],
  ])('refuses %s that is no permission', (_what, wrong) => {
    expect(() => resolvePermissions([wrong as unknown as PermissionClass], (permission) => new permission())).toThrow(
      /is no permission\. Name classes that extend Permission/,
    );
  });
});
