import {
  defineModel,
  file,
  image,
  ModelSerializer,
  Serializer,
  type DataOf,
  type InputOf,
  type OutputOf,
  type UploadedFile,
  type UploadedImage,
} from 'nest-rest-framework';
import { describe, expectTypeOf, it } from 'vitest';

const Person = defineModel('Person', {
  fields: {
    id: 'Int',
    name: 'String',
    contract: { type: 'String', file: true },
    portrait: { type: 'String?', image: 'portraits' },
  },
});

class PersonSerializer extends ModelSerializer(Person, { fields: ['id', 'name', 'contract', 'portrait'] }) {}

describe('a column of a stored file', () => {
  it('is shown as a text, and its input is what was uploaded', () => {
    expectTypeOf<OutputOf<typeof PersonSerializer>['contract']>().toEqualTypeOf<string>();
    expectTypeOf<OutputOf<typeof PersonSerializer>['portrait']>().toEqualTypeOf<string | null>();
    expectTypeOf<InputOf<typeof PersonSerializer>['name']>().toEqualTypeOf<string>();
    expectTypeOf<InputOf<typeof PersonSerializer>['contract']>().toEqualTypeOf<UploadedFile>();
    expectTypeOf<InputOf<typeof PersonSerializer>['portrait']>().toEqualTypeOf<UploadedImage | null | undefined>();
  });

  it('is written as an uploaded file or by its name', () => {
    expectTypeOf<NonNullable<DataOf<typeof Person>['contract']>>().toEqualTypeOf<string | UploadedFile>();
    expectTypeOf<NonNullable<DataOf<typeof Person>['name']>>().toEqualTypeOf<string>();
  });
});

describe('a declared file field', () => {
  class UploadSerializer extends Serializer {
    document = file();
    picture = image({ allowNull: true, required: false });
  }

  it('has the types of its options', () => {
    expectTypeOf<InputOf<typeof UploadSerializer>>().toEqualTypeOf<{ document: UploadedFile; picture?: UploadedImage | null }>();
    expectTypeOf<OutputOf<typeof UploadSerializer>>().toEqualTypeOf<{ document: string; picture: string | null }>();
  });
});
