import 'reflect-metadata';
import { RequestMethod, SetMetadata } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/framework/exceptions/configuration-error.js';
import { AllowAny } from '../../../src/framework/permissions/allow-any.js';
import { IsAuthenticated } from '../../../src/framework/permissions/is-authenticated.js';
import { CharField } from '../../../src/framework/fields/char-field.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { Action } from '../../../src/framework/viewsets/action.decorator.js';
import { APIView } from '../../../src/framework/viewsets/api-view.js';
import { GenericViewSet } from '../../../src/framework/viewsets/generic-viewset.js';
import { CreateModelMixin, ListModelMixin } from '../../../src/framework/viewsets/mixins.js';
import { ModelViewSet, ReadOnlyModelViewSet } from '../../../src/framework/viewsets/model-viewset.js';
import { viewMetadataOf } from '../../../src/framework/viewsets/view-metadata.js';
import { View } from '../../../src/framework/viewsets/view.decorator.js';
import { ViewSet } from '../../../src/framework/viewsets/viewset.decorator.js';
import { models, type BookModel, type GenreModel } from '../../../src/library/generated/models.js';

class PlainSerializer extends Serializer {
  name = new CharField();
}

@ViewSet('books', { model: models.book })
class Books extends ModelViewSet<BookModel> {
  @Action({ detail: true, methods: ['POST', 'PUT'], permissions: [AllowAny], serializer: PlainSerializer })
  giveBack() {
    return 'given';
  }
  @Action.mapping('giveBack', 'DELETE')
  keep() {
    return 'kept';
  }
  @Action({ detail: false, urlPath: 'by-hand', urlName: 'hand', name: 'By hand' })
  byHand() {
    return [];
  }
}

/** Method, address and function of each route, without those that answer OPTIONS and 405. */
const routesOf = (view: object) =>
  (viewMetadataOf(view)?.routes ?? [])
    .filter(({ action }) => action !== null && action !== 'metadata')
    .map(({ method, path, property }) => `${method} ${path || '/'} ${property}`);

describe('@ViewSet', () => {
  it('routes standard actions and those of the class (VS-2, VS-5)', () => {
    expect(routesOf(Books)).toEqual([
      'GET / list',
      'POST / create',
      'GET :pk retrieve',
      'PUT :pk update',
      'PATCH :pk partialUpdate',
      'DELETE :pk destroy',
      'POST :pk/give_back giveBack',
      'PUT :pk/give_back giveBack',
      'DELETE :pk/give_back keep',
      'GET by-hand byHand',
    ]);
  });

  it('answers OPTIONS on every address, and every method that one lacks', () => {
    const fallbacks = viewMetadataOf(Books)!.routes.filter(({ action }) => action === null || action === 'metadata');
    expect(fallbacks.map(({ method, path }) => `${method} ${path || '/'}`)).toEqual([
      'OPTIONS /',
      'PUT /',
      'PATCH /',
      'DELETE /',
      'OPTIONS :pk',
      'POST :pk',
      'OPTIONS :pk/give_back',
      'GET :pk/give_back',
      'PATCH :pk/give_back',
      'OPTIONS by-hand',
      'POST by-hand',
      'PUT by-hand',
      'PATCH by-hand',
      'DELETE by-hand',
    ]);
  });

  it('gives an action its policies and the end of its address’s name; a mapped method those of its action (VS-6)', () => {
    const of = (property: string) => viewMetadataOf(Books)?.routes.find((route) => route.property === property);
    expect(of('giveBack')).toMatchObject({
      detail: true,
      nameSuffix: 'give-back',
      extra: 'giveBack',
      policies: { permissions: [AllowAny], serializer: PlainSerializer },
    });
    expect(of('keep')).toMatchObject({ detail: true, nameSuffix: 'give-back', extra: 'giveBack', policies: { permissions: [AllowAny] } });
    expect(of('byHand')).toMatchObject({ detail: false, nameSuffix: 'hand', policies: { name: 'By hand' } });
    expect(of('list')).toMatchObject({ nameSuffix: 'list', policies: {} });
  });

  it('tells Nest method and path, and gives a second method a function of its own, for Nest routes each once', () => {
    const list = Books.prototype.list;
    expect([Reflect.getMetadata(PATH_METADATA, list), Reflect.getMetadata(METHOD_METADATA, list)]).toEqual(['/', RequestMethod.GET]);
    const methods = ['giveBack', 'PUT giveBack'].map(
      (name) => Reflect.getMetadata(METHOD_METADATA, (Books.prototype as unknown as Record<string, object>)[name] as object) as number,
    );
    expect(methods).toEqual([RequestMethod.POST, RequestMethod.PUT]);
  });

  it('routes only what the class has', () => {
    @ViewSet('genres', { model: models.genre, lookupField: 'slug' })
    class Genres extends ReadOnlyModelViewSet<GenreModel> {}
    @ViewSet('books/:book/genres', { model: models.genre, lookupUrlKwarg: 'genre' })
    class Some extends CreateModelMixin(ListModelMixin(GenericViewSet<GenreModel>)) {}
    @ViewSet('status')
    class Status extends APIView {
      retrieve() {
        return {};
      }
    }
    expect(routesOf(Genres)).toEqual(['GET / list', 'GET :slug retrieve']);
    expect(routesOf(Some)).toEqual(['GET / list', 'POST / create']);
    expect(routesOf(Status)).toEqual(['GET :pk retrieve']);
  });

  it('gives every class handlers of its own, with copies of their metadata, and leaves the base as it was', async () => {
    class Base extends ModelViewSet<BookModel> {
      @SetMetadata('kept', 'yes')
      override async list() {
        return `listed by ${this.constructor.name}`;
      }
    }
    @ViewSet('one', { model: models.book })
    class One extends Base {}
    @ViewSet('two', { model: models.book })
    class Two extends Base {}
    expect(new Set([Base.prototype.list, One.prototype.list, Two.prototype.list]).size).toBe(3);
    expect([Reflect.getMetadata('kept', One.prototype.list), Reflect.getMetadata('kept', Two.prototype.list)]).toEqual(['yes', 'yes']);
    expect(Reflect.getMetadataKeys(Base.prototype.list)).toEqual(['kept']);
    expect(Object.getOwnPropertyNames(ModelViewSet.prototype)).toEqual(['constructor']);
    expect(await new One().list()).toBe('listed by One');
  });

  it('gives a class the options of the decorated one that it extends, and not its names', () => {
    @ViewSet('shelf', {
      model: models.book,
      basename: 'shelf',
      serializer: PlainSerializer,
      permissions: [AllowAny],
      actions: { list: { name: 'Shelf' } },
    })
    class Shelf extends ModelViewSet<BookModel> {}
    class Between extends Shelf {}
    @ViewSet('other-shelf', { permissions: [IsAuthenticated], name: 'Other shelf' })
    class OtherShelf extends Between {}
    @View('status', { permissions: [AllowAny], routeName: 'status' })
    class Status extends APIView {
      get() {
        return {};
      }
    }
    @View('other-status')
    class OtherStatus extends Status {}
    expect(viewMetadataOf(OtherShelf)!.options).toEqual({
      model: models.book,
      serializer: PlainSerializer,
      permissions: [IsAuthenticated],
      actions: { list: { name: 'Shelf' } },
      name: 'Other shelf',
    });
    expect(viewMetadataOf(OtherShelf)!.routes.find(({ property }) => property === 'list')!.policies).toEqual({ name: 'Shelf' });
    expect(viewMetadataOf(OtherStatus)!.options).toEqual({ permissions: [AllowAny] });
    expect(viewMetadataOf(Shelf)!.options.permissions).toEqual([AllowAny]);
  });

  it('routes an action that a subclass overrides, and once a viewset that extends another', () => {
    @ViewSet('more-books', { model: models.book })
    class MoreBooks extends Books {
      override giveBack() {
        return 'given twice';
      }
    }
    expect(routesOf(MoreBooks)).toEqual(expect.arrayContaining(['POST :pk/give_back giveBack', 'DELETE :pk/give_back keep']));
    expect(routesOf(MoreBooks)).toHaveLength(10);
    expect(viewMetadataOf(MoreBooks)?.prefix).toBe('more-books');
    expect(viewMetadataOf(class extends Books {})).toBeUndefined();
  });

  it.each<[string, () => unknown, string]>([
    [
      'nothing to route',
      () => ViewSet('x')(class Empty extends APIView {}),
      'Empty: @ViewSet found no action. Extend ModelViewSet or a mixin, or declare one with @Action.',
    ],
    [
      'options of an action that it lacks',
      () => ViewSet('x', { actions: { retrive: {} } })(class Typo extends ModelViewSet {}),
      'Typo: actions names retrive, which is no action of the class. It has list, create,',
    ],
    [
      'a mapping of what is no action',
      () => {
        @ViewSet('x')
        class Lost extends ModelViewSet {
          @Action.mapping('borow', 'DELETE')
          giveBack() {}
        }
        return Lost;
      },
      'Lost.giveBack: @Action.mapping names borow, which is no action of the class. Decorate it with @Action.',
    ],
    [
      '@Action on a standard action (ROUT-8)',
      () => {
        @ViewSet('x')
        class Twice extends ModelViewSet {
          @Action({ detail: false })
          override async list() {}
        }
        return Twice;
      },
      'Twice.list: a standard action is routed by itself; leave @Action out and set its options under actions.',
    ],
  ])('is refused for %s', (_what, decorate, message) => {
    expect(decorate).toThrow(ConfigurationError);
    expect(decorate).toThrow(message);
  });

  it('refuses an accessor as an action', () => {
    const decorate = () => Action({ detail: true })(class Odd {}.prototype, 'size', { get: () => 1 });
    expect(decorate).toThrow('@Action on Odd.size: only a method can be an action.');
  });
});

describe('@View', () => {
  it('routes functions that are called like methods (VIEW-1)', () => {
    @View('me', { routeName: 'me' })
    class Me extends APIView {
      get() {
        return {};
      }
      patch() {
        return {};
      }
    }
    expect(routesOf(Me)).toEqual(['GET / get', 'PATCH / patch']);
    expect(viewMetadataOf(Me)).toMatchObject({ kind: 'view', prefix: 'me', options: { routeName: 'me' } });
  });

  it('takes no options of the other decorator', () => {
    expect(() => View('me', { basename: 'me' } as object)(class Me extends APIView {})).toThrow(
      "Me: @View takes no basename, which is @ViewSet's. Leave it out, or use @ViewSet.",
    );
    expect(() => View('me', { actions: {} } as object)(class Me extends APIView {})).toThrow('Me: @View takes no actions');
    expect(() => ViewSet('books', { routeName: 'books' } as object)(class Mine extends ModelViewSet<BookModel> {})).toThrow(
      "Mine: @ViewSet takes no routeName, which is @View's.",
    );
  });

  it('is refused for a class without any', () => {
    expect(() => View('me')(class Me extends APIView {})).toThrow(
      new ConfigurationError('Me: @View found no function called get, post, put, patch or delete.'),
    );
  });
});
