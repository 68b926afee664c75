import { Body, createParamDecorator, Param, Query } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { describe, expect, it } from 'vitest';
import { routeArguments } from '../../../src/framework/pipes/route-arguments.js';

const Own = createParamDecorator(() => null);

describe('what Nest wrote down of a handler’s parameters', () => {
  it('is those of the body, the query and the address', () => {
    class Written {
      handle(@Body() body: object, @Query('page') page: string, @Param() params: object, @Own() own: object) {
        return [body, page, params, own];
      }
    }
    expect(
      routeArguments(Written, 'handle')
        .map(({ type, name, of }) => [type, name, of])
        .reverse(),
    ).toEqual([
      ['body', undefined, Object],
      ['query', 'page', String],
      ['param', undefined, Object],
    ]);
  });

  it.each(['3', '4', '5', '3f', '4a0c', '45'])('is not what a decorator of one’s own takes, whose random key begins with %s', (random) => {
    class Written {
      handle(own: object) {
        return own;
      }
    }
    const key = `${random}${'f'.repeat(21 - random.length)}__customRouteArgs__:0`;
    Reflect.defineMetadata(ROUTE_ARGS_METADATA, { [key]: { index: 0, factory: () => null, data: undefined, pipes: [] } }, Written, 'handle');
    expect(routeArguments(Written, 'handle')).toEqual([]);
  });
});
