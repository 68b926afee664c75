import { Body, Controller, Get, Injectable, Module, Param, Post, Query, UsePipes, type ModuleMetadata, type Type } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { Type as TypeOf } from 'class-transformer';
import {
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Min,
  MinLength,
  Validate,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import {
  Action,
  AllowAny,
  APIView,
  CurrentObject,
  GenericViewSet,
  RestValidationPipe,
  UploadedFile,
  View,
  ViewSet,
  camelCase,
  german,
} from 'nest-rest-framework';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { models, type BookModel } from '#library/generated/models.js';
import type { Book } from '#library/generated/client/client.js';
import { openLibrary, type Library } from './library.js';

@Injectable()
class Reserved {
  readonly names = ['Reserved'];
}

@ValidatorConstraint({ name: 'notReserved', async: true })
@Injectable()
class NotReserved implements ValidatorConstraintInterface {
  constructor(private readonly reserved: Reserved) {}
  async validate(name: string) {
    await new Promise((resolve) => setImmediate(resolve));
    return !this.reserved.names.includes(name);
  }
  defaultMessage() {
    return '$property is reserved';
  }
}

class Author {
  @IsString() @IsNotEmpty() fullName!: string;
}
class CreateNote {
  @IsString() @MinLength(3) @Validate(NotReserved) noteTitle!: string;
  @IsInt() @Min(1) pageCount!: number;
  @IsOptional() @ValidateNested() @TypeOf(() => Author) author?: Author;
}
class NoteQuery {
  @IsOptional() @IsInt() pageSize?: number;
  @IsOptional() @IsInt({ each: true }) ids?: number[];
}
class NoteAddress {
  @IsInt() noteId!: number;
}
class Grouped {
  @IsString({ always: true }) @MinLength(5, { groups: ['long'] }) noteTitle!: string;
}
class Upload {
  @IsString() title!: string;
  @IsNotEmpty() cover!: UploadedFile;
}

@Controller('plain-notes')
class NotesController {
  @Post()
  create(@Body() note: CreateNote) {
    return { made: note instanceof CreateNote, note };
  }
  @Post('part')
  part(@Body('author') author: Author) {
    return author;
  }
  @Post('anything')
  anything(@Body() body: object) {
    return body;
  }
  @Get()
  list(@Query() query: NoteQuery) {
    return query;
  }
  @Get(':noteId')
  one(@Param() address: NoteAddress) {
    return address;
  }
}

@View('view-notes', { permissions: [AllowAny] })
class NotesView extends APIView {
  get(@Query() query: NoteQuery) {
    return query;
  }
  post(@Body() note: CreateNote) {
    return { made: note instanceof CreateNote, note };
  }
  put(@Body() { title, cover }: Upload) {
    return { title, cover: [cover.name, cover.size] };
  }
  patch(@Body() body: unknown) {
    return { body };
  }
}

@ViewSet('noted-books', { model: models.book, basename: 'noted-book', permissions: [AllowAny] })
class NotedBookViewSet extends GenericViewSet<BookModel> {
  @Action({ detail: true, methods: ['POST'] })
  note(@Body() note: CreateNote, @CurrentObject() book: Book) {
    return { book: book.id, title: note.noteTitle };
  }
}

@Controller('piped-notes')
class PipedController {
  @Post('strict')
  @UsePipes(RestValidationPipe.with({ unknown: 'refuse', naming: camelCase }))
  strict(@Body() note: CreateNote) {
    return note;
  }
  @Post('long')
  long(@Body(RestValidationPipe.with({ groups: ['long'] })) note: Grouped) {
    return note;
  }
  @Post('short')
  short(@Body(RestValidationPipe.with({ groups: ['short'] })) note: Grouped) {
    return note;
  }
  @Post('many')
  many(@Body(RestValidationPipe.with({ itemsOf: Author })) authors: Author[]) {
    return { made: authors.every((one) => one instanceof Author), authors };
  }
}

@Module({
  controllers: [NotesController, NotesView, NotedBookViewSet],
  providers: [Reserved, NotReserved, { provide: APP_PIPE, useClass: RestValidationPipe }],
})
class PipedModule {}

@View('strict-notes', { permissions: [AllowAny] })
class StrictView extends APIView {
  get(@Query() query: NoteQuery, @Query('term') term: string) {
    return { ...query, term };
  }
  post(@Query() query: object) {
    return query;
  }
}

@Module({ controllers: [StrictView], providers: [{ provide: APP_PIPE, useClass: RestValidationPipe }] })
class StrictModule {}

@Module({ controllers: [PipedController], providers: [Reserved] })
class LocalModule {}

const wrong = { note_title: 'ab', author: {} };
const refused = {
  note_title: ['Ensure this field has at least 3 characters.'],
  page_count: ['This field is required.'],
  author: { full_name: ['This field is required.'] },
};
const valid = { note_title: 'abc', page_count: 3, author: { full_name: 'A' }, is_admin: true };

describe('the pipe of an application', () => {
  let library: Library;
  beforeAll(async () => {
    library = await openLibrary({ imports: [PipedModule], settings: { languages: [german] } });
  });
  afterAll(() => library?.close());
  const ask = async (...request: Parameters<Library['send']>) => {
    const answer = await library.send(...request);
    return [answer.statusCode, answer.json<unknown>()];
  };
  const form = (payload: string) => ({ payload, headers: { 'content-type': 'application/x-www-form-urlencoded' } });

  describe.each(['/plain-notes', '/view-notes/'])('at %s', (url) => {
    it('makes objects of bodies', async () => {
      const [status, body] = await ask('POST', url, { json: valid });
      expect([Math.floor((status as number) / 100), body]).toEqual([
        2,
        { made: true, note: { noteTitle: 'abc', pageCount: 3, author: { fullName: 'A' } } },
      ]);
    });

    it('refuses in DRF’s shape', async () => {
      expect(await ask('POST', url, { json: wrong })).toEqual([400, refused]);
      expect(await ask('POST', url, { json: null })).toEqual([400, { non_field_errors: ['No data provided'] }]);
      expect(await ask('POST', url, { json: [valid] })).toEqual([400, { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }]);
      expect(await ask('POST', url)).toEqual([400, { note_title: ['This field is required.'], page_count: ['This field is required.'] }]);
    });

    it('asks constraints that are providers', async () => {
      expect(await ask('POST', url, { json: { ...valid, note_title: 'Reserved' } })).toEqual([400, { note_title: ['note_title is reserved'] }]);
    });

    it('speaks the client’s language', async () => {
      expect(await ask('POST', url, { json: wrong, headers: { 'accept-language': 'de' } })).toMatchObject([
        400,
        { page_count: ['Dieses Feld ist zwingend erforderlich.'] },
      ]);
    });

    it('reads forms', async () => {
      const [, body] = await ask('POST', url, form('note_title=abc&page_count=1&page_count=3&author.full_name=A'));
      expect(body).toEqual({ made: true, note: { noteTitle: 'abc', pageCount: 3, author: { fullName: 'A' } } });
      expect(await ask('POST', url, form('note_title=abc&page_count=x'))).toMatchObject([
        400,
        { page_count: ['A valid integer is required.', 'Ensure this value is greater than or equal to 1.'] },
      ]);
    });

    it('reads queries', async () => {
      expect(await ask('GET', `${url}?page_size=20&ids=1&ids=2&other=x`)).toEqual([200, { pageSize: 20, ids: [1, 2] }]);
      expect(await ask('GET', `${url}?page_size=x`)).toEqual([400, { page_size: ['A valid integer is required.'] }]);
    });

    it.each([
      '{"note_title":"abc","page_count":3,"__proto__":{"a":1}}',
      '{"note_title":"abc","page_count":3,"author":{"constructor":{"prototype":{"a":1}}}}',
      `{"author":${'{"author":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
      '{"note_title": {"length": 5}, "page_count": 1e400}',
    ])('answers 400 for %.80s', async (payload) => {
      expect((await library.send('POST', url, { payload, headers: { 'content-type': 'application/json' } })).statusCode).toBe(400);
      expect(({} as Record<string, unknown>)['a']).toBeUndefined();
    });
  });

  it('reads addresses by the names of their route', async () => {
    expect(await ask('GET', '/plain-notes/5')).toEqual([200, { noteId: 5 }]);
    expect(await ask('GET', '/plain-notes/x')).toEqual([400, { noteId: ['A valid integer is required.'] }]);
  });

  it('reads an object of a name', async () => {
    expect(await ask('POST', '/plain-notes/part', { json: { author: { full_name: 'A' } } })).toEqual([201, { fullName: 'A' }]);
    expect(await ask('POST', '/plain-notes/part', { json: {} })).toEqual([400, { author: ['This field is required.'] }]);
    expect(await ask('POST', '/plain-notes/part', { json: { author: null } })).toEqual([400, { author: ['This field may not be null.'] }]);
    expect(await ask('POST', '/plain-notes/part', { json: { author: {} } })).toEqual([400, { author: { full_name: ['This field is required.'] } }]);
  });

  it('leaves alone what is of no class', async () => {
    expect(await ask('POST', '/plain-notes/anything', { json: { a_b: [1] } })).toEqual([201, { a_b: [1] }]);
    expect(await ask('PATCH', '/view-notes/', { json: { a_b: [1] } })).toEqual([200, { body: { a_b: [1] } }]);
  });

  it('reads files of multipart forms', async () => {
    const payload = [
      '--x',
      'Content-Disposition: form-data; name="title"',
      '',
      'T',
      '--x',
      'Content-Disposition: form-data; name="cover"; filename="a.txt"',
      '',
      'abc',
      '--x--',
      '',
    ].join('\r\n');
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(await ask('PUT', '/view-notes/', { payload, headers })).toEqual([200, { title: 'T', cover: ['a.txt', 3] }]);
    expect(await ask('PUT', '/view-notes/', { json: { title: 'T' } })).toEqual([400, { cover: ['This field is required.'] }]);
  });

  it('lets a 404 come before a 400, and reads no body for it', async () => {
    expect(await ask('POST', '/noted-books/9999/note/', { json: wrong })).toEqual([404, { detail: 'No Book matches the given query.' }]);
    expect(await ask('POST', '/noted-books/9999/note/', { payload: '{', headers: { 'content-type': 'application/json' } })).toMatchObject([404, {}]);
    expect(await ask('POST', '/noted-books/1/note/', { json: wrong })).toEqual([400, refused]);
    expect(await ask('POST', '/noted-books/1/note/', { json: valid })).toEqual([200, { book: 1, title: 'abc' }]);
  });

  it('leaves the framework’s own views as they are', async () => {
    expect((await library.send('GET', '/library/books/')).statusCode).toBe(200);
  });
});

describe('a pipe of a handler or a parameter', () => {
  let library: Library;
  beforeAll(async () => {
    library = await openLibrary({ imports: [LocalModule] });
  });
  afterAll(() => library?.close());
  const post = async (url: string, json: unknown) => {
    const answer = await library.send('POST', url, { json });
    return [answer.statusCode, answer.json<unknown>()];
  };

  it('refuses unknown names, and names otherwise, where it says so', async () => {
    expect(await post('/piped-notes/strict', { noteTitle: 'abc', pageCount: 3, noteTitel: 'x' })).toEqual([
      400,
      { noteTitel: ['Unknown field. Did you mean "noteTitle"?'] },
    ]);
    expect(await post('/piped-notes/strict', { noteTitle: 'abc', pageCount: 3, author: { fullName: 'A', role: 'x' } })).toEqual([
      400,
      { author: { role: ['Unknown field.'] } },
    ]);
    expect(await post('/piped-notes/strict', { noteTitle: 'Reserved', pageCount: 3 })).toEqual([400, { noteTitle: ['noteTitle is reserved'] }]);
    expect(await post('/piped-notes/strict', { noteTitle: 'abc', pageCount: 3 })).toEqual([201, { noteTitle: 'abc', pageCount: 3 }]);
  });

  it('asks its groups', async () => {
    expect(await post('/piped-notes/long', { note_title: 'abc' })).toEqual([400, { note_title: ['Ensure this field has at least 5 characters.'] }]);
    expect(await post('/piped-notes/short', { note_title: 'abc' })).toEqual([201, { noteTitle: 'abc' }]);
  });

  it('reads lists', async () => {
    expect(await post('/piped-notes/many', [{ full_name: 'A' }, { full_name: 'B' }])).toEqual([
      201,
      { made: true, authors: [{ fullName: 'A' }, { fullName: 'B' }] },
    ]);
    expect(await post('/piped-notes/many', [{ full_name: 'A' }, {}, 5])).toEqual([
      400,
      { 1: { full_name: ['This field is required.'] }, 2: { non_field_errors: ['Invalid data. Expected a dictionary, but got int.'] } },
    ]);
    expect(await post('/piped-notes/many', {})).toEqual([400, { non_field_errors: ['Expected a list of items but got type "dict".'] }]);
  });
});

describe('a strict query', () => {
  let library: Library;
  beforeAll(async () => {
    library = await openLibrary({ imports: [StrictModule], settings: { strictQuery: true } });
  });
  afterAll(() => library?.close());
  const ask = async (method: 'GET' | 'POST', query: string) => {
    const answer = await library.send(method, `/strict-notes/?${query}`);
    return [answer.statusCode, answer.json<unknown>()];
  };

  it('knows what a handler takes itself', async () => {
    expect(await ask('GET', 'page_size=5&term=x')).toEqual([200, { pageSize: 5, term: 'x' }]);
    expect(await ask('GET', 'page_siez=5')).toEqual([400, { page_siez: ['Unknown parameter. Did you mean "page_size"?'] }]);
    expect(await ask('POST', 'anything=5')).toEqual([200, { anything: '5' }]);
  });
});

describe('boot refuses', () => {
  class Undecorated {
    title!: string;
  }
  @Controller('undecorated')
  class UndecoratedController {
    @Post()
    create(@Body() body: Undecorated) {
      return body;
    }
  }
  @Controller('decorated-handler')
  class HandlerController {
    @Post()
    @UsePipes(RestValidationPipe)
    create(@Body() body: Undecorated) {
      return body;
    }
  }
  @Controller('decorated-parameter')
  class ParameterController {
    @Post()
    create(@Body(RestValidationPipe) body: Undecorated) {
      return body;
    }
  }
  @View('part', { permissions: [AllowAny] })
  class PartView extends APIView {
    post(@Body('author') author: Author) {
      return author;
    }
  }
  const GLOBAL = [{ provide: APP_PIPE, useClass: RestValidationPipe }];
  const piped = (controller: Type, providers: ModuleMetadata['providers']): ModuleMetadata['imports'] => {
    class RefusedModule {}
    Module({ controllers: [controller], providers: providers! })(RefusedModule);
    return [RefusedModule];
  };

  it.each<[string, Type, NonNullable<ModuleMetadata['providers']>, string]>([
    ['a class without decorators', UndecoratedController, GLOBAL, 'Undecorated: Undecorated has no decorators'],
    ['the same before a handler', HandlerController, [], 'Undecorated: Undecorated has no decorators'],
    ['the same before a parameter', ParameterController, [], 'Undecorated: Undecorated has no decorators'],
    ['a part of a body that is not read', PartView, GLOBAL, "PartView.post: @Body('author') of a view"],
  ])('%s', async (_what, controller, providers, message) => {
    await expect(openLibrary({ imports: piped(controller, providers) })).rejects.toThrow(message);
  });

  it.each([
    [{ unknwon: 'refuse' }, 'RestValidationPipe.with: there is no unknwon to set; known are groups, unknown, naming, itemsOf.'],
    [{ unknown: 'drop' }, "RestValidationPipe.with: unknown is drop; use 'ignore' or 'refuse'."],
    [{ groups: undefined }, 'RestValidationPipe.with: groups is undefined; leave it out for the default.'],
  ])('%o', (knobs, message) => {
    expect(() => RestValidationPipe.with(knobs as never)).toThrow(message);
  });
});
