import { Injectable, Module } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Matches, MinLength, Validate, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { AllowAny, Database, ModelSerializer, ModelViewSet, ViewSet, type Field } from 'nest-rest-framework';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { models, type GenreModel } from '#library/generated/models.js';
import { openLibrary, type Library } from './library.js';

@Injectable()
class Reserved {
  readonly names = ['Reserved'];
}

@ValidatorConstraint({ name: 'notReserved', async: true })
@Injectable()
class NotReserved implements ValidatorConstraintInterface {
  constructor(
    private readonly reserved: Reserved,
    private readonly database: Database,
  ) {}

  async validate(name: string) {
    await this.database.transaction(async () => {});
    return !this.reserved.names.includes(name);
  }

  defaultMessage() {
    return '$property is reserved';
  }
}

class GenreSerializer extends ModelSerializer(models.genre, { fields: ['id', 'name', 'slug'] }) {
  @MinLength(3)
  @Validate(NotReserved)
  declare name: Field<string, string, false>;

  @Transform(({ value }: { value: string }) => value.toLowerCase(), { toClassOnly: true })
  @Transform(({ value }: { value: string }) => `#${value}`, { toPlainOnly: true })
  @Matches(/^[a-z]+$/)
  declare slug: Field<string, string, false>;
}

@ViewSet('decorated-genres', { model: models.genre, serializer: GenreSerializer, basename: 'decorated-genre', permissions: [AllowAny] })
class GenreViewSet extends ModelViewSet<GenreModel> {}

@Module({ controllers: [GenreViewSet], providers: [Reserved] })
class GenreModule {}

describe('a serializer with decorators', () => {
  let library: Library;
  beforeAll(async () => {
    library = await openLibrary({ imports: [GenreModule] });
  });
  afterAll(() => library?.close());

  it('is asked in a request, its constraints made with their providers', async () => {
    const answer = await library.send('POST', '/decorated-genres/', { json: { name: 'Reserved', slug: 'NEW1' } });
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { name: ['name is reserved'], slug: ['This value does not match the required pattern.'] },
    ]);
  });

  it('saves what it has transformed, and shows it transformed', async () => {
    const answer = await library.send('POST', '/decorated-genres/', { json: { name: 'Western', slug: 'WESTERN' } });
    expect([answer.statusCode, answer.json()]).toMatchObject([201, { name: 'Western', slug: '#western' }]);
    expect(await library.prisma.genre.findFirst({ where: { name: 'Western' } })).toMatchObject({ slug: 'western' });
  });

  it('asks the database about what it has transformed', async () => {
    const answer = await library.send('POST', '/decorated-genres/', { json: { name: 'Westerns', slug: 'Western' } });
    expect([answer.statusCode, answer.json()]).toEqual([400, { slug: ['genre with this slug already exists.'] }]);
  });

  it('checks a partial update’s fields alone', async () => {
    const answer = await library.send('PATCH', '/decorated-genres/1/', { json: { name: 'x' } });
    expect([answer.statusCode, answer.json()]).toEqual([400, { name: ['Ensure this field has at least 3 characters.'] }]);
  });
});
