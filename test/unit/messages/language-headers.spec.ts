import { describe, expect, it, vi } from 'vitest';
import { french } from '../../../src/framework/messages/catalogues/french.js';
import { german } from '../../../src/framework/messages/catalogues/german.js';
import { languageHeaders, serveLanguages } from '../../../src/framework/messages/language-headers.js';
import { Languages } from '../../../src/framework/messages/languages.js';
import { requestOf } from '../requests/request-of.js';

const both = new Languages([french, german]);
const request = (languages: Languages, header = 'de-AT') => Object.assign(requestOf({ headers: { 'accept-language': header } }), { languages });
const headers = (one: ReturnType<typeof request>, sent: Record<string, string> = {}) => languageHeaders(one, (name) => sent[name]);

describe('what an answer says of its language', () => {
  it('is nothing while nobody has asked for it', () => {
    expect(headers(request(both))).toEqual({});
  });

  it.each<[string, (one: ReturnType<typeof request>) => unknown]>([
    ['asks for its tag', (one) => one.language],
    ['translates', (one) => one.translate('Not found.')],
    ['takes what translates', ({ translate }) => translate],
    ['sets it', (one) => (one.language = 'de')],
  ])('is which it is, once somebody %s', (_who, ask) => {
    const one = request(both);
    ask(one);
    expect(headers(one)).toEqual({ 'Content-Language': 'de', Vary: 'Accept-Language' });
  });

  it('leaves what the handler says', () => {
    const one = request(both);
    void one.language;
    expect(headers(one, { 'Content-Language': 'la', Vary: 'Accept' })).toEqual({ 'Content-Language': 'la', Vary: 'Accept, Accept-Language' });
  });

  it('is nothing without a catalogue', () => {
    const one = request(new Languages());
    void one.language;
    expect(headers(one)).toEqual({});
  });

  it('is chosen once for a request', () => {
    const choose = vi.spyOn(both, 'choose');
    const one = request(both);
    void [one.language, one.translate('Not found.'), one.language];
    expect(choose).toHaveBeenCalledOnce();
    choose.mockRestore();
  });
});

describe('a server', () => {
  const server = () => ({ decorate: vi.fn<() => void>(), addHook: vi.fn<() => void>() });

  it('without catalogues gets nothing that would run for an answer', () => {
    const fastify = server();
    serveLanguages(fastify as never, new Languages());
    expect([fastify.decorate, fastify.addHook].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  });

  it('with catalogues tells the language of each answer that has one', () => {
    const fastify = server();
    serveLanguages(fastify as never, both);
    expect(fastify.addHook).toHaveBeenCalledExactlyOnceWith('onSend', expect.any(Function));
  });
});
