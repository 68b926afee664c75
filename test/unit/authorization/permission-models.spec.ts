import { describe, expect, it } from 'vitest';
import { AuthenticationSettings } from '../../../src/framework/authentication/authentication-settings.js';
import { PermissionModels } from '../../../src/framework/authorization/permission-models.js';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import type { Model } from '../../../src/framework/models/model.js';
import { models } from '../../../src/library/generated/models.js';

type Models = Record<string, Model>;

const check = (changed: (all: Models) => Models) => {
  const all = changed({ ...models });
  return () => new PermissionModels(new AuthenticationSettings({ model: models.user }, all), all).checked;
};
const without = <T>(all: Readonly<Record<string, T>>, name: string) => Object.fromEntries(Object.entries(all).filter(([each]) => each !== name));

describe('the models of groups and permissions', () => {
  it('are found among the application’s', () => {
    const { permission, group, objectPermission, ownKey } = check((all) => all)();
    expect([permission, group, objectPermission].map(({ name }) => name)).toEqual(['AuthPermission', 'AuthGroup', 'AuthObjectPermission']);
    expect(ownKey(models.book)).toBeUndefined();
    expect(ownKey(models.user)).toBeUndefined();
  });

  it.each<[string, (all: Models) => Models, string]>([
    ['no model', (all) => without(all, 'authGroup'), 'the schema has no model AuthGroup among ['],
    [
      'no codename',
      (all) => ({ ...all, authPermission: { ...models.authPermission, fields: without(models.authPermission.fields, 'codename') } }),
      'AuthPermission.codename must be a String.',
    ],
    [
      'a codename that is not unique',
      (all) => {
        const { fields } = models.authPermission;
        return { ...all, authPermission: { ...models.authPermission, fields: { ...fields, codename: { ...fields['codename']!, unique: false } } } };
      },
      'AuthPermission.codename must be @unique.',
    ],
    [
      'no users of a group',
      (all) => ({ ...all, authGroup: { ...models.authGroup, relations: without(models.authGroup.relations, 'users') } }),
      'AuthGroup.users must be a relation to many of User.',
    ],
    [
      'no user of an object’s permission',
      (all) => ({
        ...all,
        authObjectPermission: { ...models.authObjectPermission, relations: without(models.authObjectPermission.relations, 'user') },
      }),
      'AuthObjectPermission.user must be a relation to one of User.',
    ],
  ])('are refused with %s, with the fix', (_what, changed, message) => {
    expect(check(changed)).toThrow(ConfigurationError);
    expect(check(changed)).toThrow(message);
    expect(check(changed)).toThrow('Copy prisma/rest.prisma of nest-rest-framework');
  });
});
