import { loginsOf } from './login-database.js';
import { describe, expect, it } from 'vitest';
import { Argon2PasswordHasher } from '../../../src/framework/authentication/passwords/argon2-password-hasher.js';
import { AuthenticationSettings, type UserMapping } from '../../../src/framework/authentication/authentication-settings.js';
import { BasicAuthentication } from '../../../src/framework/authentication/basic-authentication.js';
import { TokenAuthentication } from '../../../src/framework/authentication/token-authentication.js';
import { Tokens } from '../../../src/framework/authentication/tokens.js';
import { Users } from '../../../src/framework/authentication/users.js';
import { Clock } from '../../../src/framework/settings/clock.js';
import { toRequestUser } from '../../../src/framework/authentication/user-model.js';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import type { Model, RelationField, ScalarField, ScalarType } from '../../../src/framework/models/model.js';
import type { Database } from '../../../src/framework/prisma/database.js';

const field = (name: string, type: ScalarType, rest: Partial<ScalarField> = {}): ScalarField => ({
  name,
  column: name,
  type,
  list: false,
  nullable: false,
  id: false,
  unique: false,
  hasDefault: false,
  generated: false,
  annotations: {},
  ...rest,
});

const modelOf = (name: string, fields: readonly ScalarField[], relations: readonly RelationField[] = [], primaryKey = ['id']): Model => ({
  name,
  delegate: name.toLowerCase(),
  table: name.toLowerCase(),
  fields: Object.fromEntries(fields.map((one) => [one.name, one])),
  relations: Object.fromEntries(relations.map((one) => [one.name, one])),
  primaryKey,
  uniques: [],
  ordering: [],
  verboseName: name,
  verboseNamePlural: name,
});

const ID = field('id', 'Int', { id: true, unique: true });
const USER_FIELDS = [
  ID,
  field('username', 'String', { unique: true }),
  field('password', 'String'),
  field('isActive', 'Boolean'),
  field('isStaff', 'Boolean'),
];
const user = modelOf('User', USER_FIELDS);
const without = (name: string) =>
  modelOf(
    'User',
    USER_FIELDS.filter((one) => one.name !== name),
  );

const TOKEN_FIELDS = [
  ID,
  field('digest', 'String', { unique: true }),
  field('userId', 'Int'),
  field('createdAt', 'DateTime', { hasDefault: true }),
  field('name', 'String', { hasDefault: true }),
  field('expiresAt', 'DateTime', { nullable: true }),
  field('lastUsedAt', 'DateTime', { nullable: true }),
];
const relation = (changes: Partial<RelationField> = {}): RelationField => ({
  name: 'user',
  many: false,
  nullable: false,
  model: () => user,
  from: ['userId'],
  to: ['id'],
  inverse: 'tokens',
  annotations: {},
  ...changes,
});
const tokenModel = (fields = TOKEN_FIELDS, relations = [relation()]) => modelOf('AuthToken', fields, relations);
const replaced = (one: ScalarField) => TOKEN_FIELDS.map((known) => (known.name === one.name ? one : known));

describe('the user model', () => {
  it.each<[string, UserMapping | undefined, string]>([
    ['no mapping', undefined, 'users is not set, but authentication needs the user model. Add users: { model: models.user }.'],
    ['no username', { model: without('username') }, 'users.usernameField: User.username does not exist, but it must be a String.'],
    ['no password', { model: without('password') }, 'users.passwordField: User.password does not exist, but it must be a String.'],
    ['no isActive', { model: without('isActive') }, 'users.isActiveField: User.isActive does not exist, but it must be a Boolean.'],
    ['no isStaff', { model: without('isStaff') }, 'users.isStaffField: User.isStaff does not exist, but it must be a Boolean.'],
    [
      'a field of another type',
      { model: user, isStaffField: 'username' },
      'users.isStaffField: User.username is a String, but it must be a Boolean.',
    ],
    ['a superuser’s field of another type', { model: user, isSuperuserField: 'username' }, 'users.isSuperuserField: User.username is a String'],
    ['a name that is on every object', { model: user, usernameField: 'toString' }, 'User.toString does not exist'],
    ['a username that is not unique', { model: user, usernameField: 'password' }, 'users.usernameField: User.password is not unique'],
    ['a key of two fields', { model: modelOf('User', USER_FIELDS, [], ['id', 'username']) }, 'the primary key of User is [id, username]'],
  ])('is refused with %s', (_what, mapping, message) => {
    const settings = new AuthenticationSettings(mapping, {});
    expect(() => settings.userModel).toThrow(ConfigurationError);
    expect(() => settings.userModel).toThrow(message);
  });

  it('gives requests a user under the names of the contract, whatever the fields are called, and without the password', () => {
    const member = modelOf(
      'Member',
      [
        field('no', 'Int', { id: true, unique: true }),
        field('email', 'String', { unique: true }),
        field('hash', 'String'),
        field('enabled', 'Boolean'),
        field('admin', 'Boolean'),
      ],
      [],
      ['no'],
    );
    const { userModel } = new AuthenticationSettings(
      { model: member, usernameField: 'email', passwordField: 'hash', isActiveField: 'enabled', isStaffField: 'admin' },
      {},
    );
    const row = { no: 7, email: 'a@b.example', hash: '$argon2id$', enabled: true, admin: false };
    expect(toRequestUser(userModel, row)).toEqual({
      no: 7,
      email: 'a@b.example',
      enabled: true,
      admin: false,
      id: 7,
      isActive: true,
      isStaff: false,
    });
    expect(row.hash).toBe('$argon2id$');
  });
});

describe('the token model', () => {
  const check = (models: Record<string, Model>) => () => new AuthenticationSettings({ model: user }, models).tokenModel;

  it.each<[string, Model, string]>([
    ['no digest', tokenModel(TOKEN_FIELDS.filter((one) => one.name !== 'digest')), 'AuthToken.digest must be a String.'],
    ['a digest that is not unique', tokenModel(replaced(field('digest', 'String'))), 'AuthToken.digest must be @unique.'],
    ['no createdAt', tokenModel(TOKEN_FIELDS.filter((one) => one.name !== 'createdAt')), 'AuthToken.createdAt must be a DateTime'],
    [
      'a createdAt without a default',
      tokenModel(replaced(field('createdAt', 'DateTime'))),
      'AuthToken.createdAt must be a DateTime with @default(now())',
    ],
    ['a name without a default', tokenModel(replaced(field('name', 'String'))), 'AuthToken.name must be a String with @default("")'],
    ['a required expiresAt', tokenModel(replaced(field('expiresAt', 'DateTime'))), 'AuthToken.expiresAt must be a DateTime?'],
    ['no lastUsedAt', tokenModel(TOKEN_FIELDS.filter((one) => one.name !== 'lastUsedAt')), 'AuthToken.lastUsedAt must be a DateTime?'],
    ['no relation', tokenModel(TOKEN_FIELDS, []), 'AuthToken.user must be a required relation to User.'],
    ['an optional relation', tokenModel(TOKEN_FIELDS, [relation({ nullable: true })]), 'AuthToken.user must be a required relation to User.'],
    [
      'a relation elsewhere',
      tokenModel(TOKEN_FIELDS, [relation({ model: () => modelOf('Book', [ID]) })]),
      'AuthToken.user must be a relation to User, not to Book.',
    ],
    ['one token for each user', tokenModel(replaced(field('userId', 'Int', { unique: true }))), 'AuthToken.userId must be without @unique'],
    ['a key of two fields', { ...tokenModel(), primaryKey: ['id', 'digest'] }, 'AuthToken.id must be a single @id.'],
  ])('is refused with %s, with the way to put it right', (_what, model, message) => {
    expect(check({ authToken: model })).toThrow(ConfigurationError);
    expect(check({ authToken: model })).toThrow(message);
    expect(check({ authToken: model })).toThrow(/Copy prisma\/rest\.prisma/);
  });

  it('is missed by name', () => {
    expect(check({ user })).toThrow('the schema has no model AuthToken among [User]');
  });

  it('is taken as rest.prisma has it', () => {
    expect(check({ user, token: tokenModel() })()).toMatchObject({ keyField: 'id', userField: 'userId' });
  });

  it('is asked for when a scheme is made, not with the first request', () => {
    const settings = new AuthenticationSettings(undefined, {});
    const database = {} as Database;
    const tokens = new Tokens(database, settings, new Clock());
    expect(() => new TokenAuthentication(tokens)).toThrow(ConfigurationError);
    expect(() => new BasicAuthentication(loginsOf(new Users(database, settings, new Argon2PasswordHasher(), tokens)))).toThrow(ConfigurationError);
  });
});
