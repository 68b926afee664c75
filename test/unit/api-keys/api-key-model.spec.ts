import { describe, expect, it } from 'vitest';
import { checkAPIKeyModel } from '../../../src/framework/api-keys/api-key-model.js';
import { checkUserModel } from '../../../src/framework/authentication/user-model.js';
import type { Model, ScalarField } from '../../../src/framework/models/model.js';
import { models } from '../../../src/library/generated/models.js';

const users = checkUserModel({ model: models.user });
const key: Model = models.authAPIKey;
const changed = (name: string, field: Partial<ScalarField>): Model => ({
  ...key,
  fields: { ...key.fields, [name]: { ...key.fields[name]!, ...field } },
});
const without = (name: string): Model => ({ ...key, fields: Object.fromEntries(Object.entries(key.fields).filter(([one]) => one !== name)) });

describe('the model of API keys', () => {
  it('is as rest.prisma has it', () =>
    expect(checkAPIKeyModel(models, users)).toMatchObject({ model: { name: 'AuthAPIKey' }, userField: { name: 'userId' } }));

  it.each<[string, Model | undefined, string]>([
    ['is not there', undefined, 'the schema has no model AuthAPIKey among [User]'],
    ['lacks its digest', without('digest'), 'AuthAPIKey.digest must be a String.'],
    ['has one scope', changed('scopes', { list: false }), 'AuthAPIKey.scopes must be a String[].'],
    ['always ends', changed('expiresAt', { nullable: false }), 'AuthAPIKey.expiresAt must be a DateTime?.'],
    ['has prefixes that are alike', changed('prefix', { unique: false }), 'AuthAPIKey.prefix must be @unique.'],
    ['has nobody', { ...key, relations: {} }, 'AuthAPIKey.user must be a relation to User?.'],
    ['has a key of two columns', { ...key, primaryKey: ['id', 'prefix'] }, 'AuthAPIKey.id must be a single @id.'],
  ])('that %s stops the boot', (_what, model, message) =>
    expect(() => checkAPIKeyModel({ user: models.user, ...(model && { model }) }, users)).toThrow(message),
  );
});
