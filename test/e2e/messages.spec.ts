import { connect, type AddressInfo } from 'node:net';
import {
  BadRequestException,
  Controller,
  Get,
  Module,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
  type MiddlewareConsumer,
  type NestModule,
} from '@nestjs/common';
import {
  AllowAny,
  APIView,
  CurrentRequest,
  errorDetail,
  extendCatalogue,
  french,
  german,
  NotFound,
  PermissionDenied,
  RestRequest,
  spanish,
  Throttled,
  ValidationError,
  View,
} from 'nest-rest-framework';
import type { Response } from 'light-my-request';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary, type Library, type LibraryOptions } from './library.js';

const VARY = 'Accept-Language';

@View('lab/busy', { permissions: [AllowAny], name: 'Reading room', description: 'Where one reads.' })
class BusyView extends APIView {
  get(): never {
    throw new Throttled(1.5);
  }
  post(): never {
    throw new ValidationError({ rooms: { 3: { seats: [errorDetail('{count} seats are left.', 'full', { count: 1 })] } } });
  }
}

@View('lab/greeting', { permissions: [AllowAny] })
class GreetingView extends APIView {
  get(@CurrentRequest() request: RestRequest): unknown {
    if (request.headers['x-silent']) return { text: 'Hello.' };
    const chosen = request.headers['x-chosen'];
    if (chosen) request.language = String(chosen);
    return { text: request.translate('Hello {name}.', { name: 'Ada' }), language: request.language };
  }
}

class ClosedGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    context.switchToHttp().getResponse<{ header(name: string, value: string): void }>().header('Vary', 'Origin');
    throw new PermissionDenied();
  }
}

@Controller('written')
class WrittenController {
  @Get('plain')
  plain() {
    return { text: 'Hello.' };
  }
  @Get('spoken')
  spoken(@CurrentRequest() request: RestRequest) {
    return { text: request.translate('Hello {name}.', { name: 'Ada' }) };
  }
  @Get('bad')
  bad(): never {
    throw new BadRequestException('The room is closed.');
  }
  @Get('closed')
  @UseGuards(ClosedGuard)
  closed() {
    return {};
  }
}

@Module({ controllers: [BusyView, GreetingView, WrittenController] })
class LabModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply((_request: unknown, _response: unknown, next: (error: unknown) => void) => next(new NotFound())).forRoutes('middleware');
  }
}

const languages = [
  extendCatalogue(french, {
    'This book is already on loan.': 'Ce livre est déjà emprunté.',
    'The room is closed.': 'La salle est fermée.',
    'Hello {name}.': 'Bonjour {name}.',
    'Reading room': 'Salle de lecture',
    '{count} seats are left.': { by: 'count', one: 'Il reste {count} place.', other: 'Il reste {count} places.' },
    book: 'livre',
  }),
  german,
  spanish,
];

const open = (options: LibraryOptions = {}) =>
  openLibrary({ ...options, imports: [LabModule], settings: { languages, strictQuery: true, ...options.settings } });

const saidOf = ({ headers }: Response) => [headers['content-language'], headers['vary']];

let library: Library;
beforeAll(async () => {
  library = await open();
});
afterAll(() => library.close());

interface Exchange {
  readonly what: string;
  readonly send: readonly [string, string, Parameters<Library['send']>[2]?];
  readonly status: number;
  readonly en: unknown;
  readonly fr: unknown;
  readonly de: unknown;
  readonly es: unknown;
}

const detail = (text: string) => ({ detail: text });

const exchanges: Exchange[] = [
  {
    what: 'missing fields',
    send: ['POST', '/library/reviews/', { as: 'alice', json: { rating: 9 } }],
    status: 400,
    en: { book: ['This field is required.'], rating: ['Ensure this value is less than or equal to 5.'] },
    fr: { book: ['Ce champ est obligatoire.'], rating: ['Assurez-vous que cette valeur est inférieure ou égale à 5.'] },
    de: { book: ['Dieses Feld ist zwingend erforderlich.'], rating: ['Stelle sicher, dass dieser Wert kleiner oder gleich 5 ist.'] },
    es: { book: ['Este campo es requerido.'], rating: ['Asegúrese de que este valor es menor o igual a 5.'] },
  },
  {
    what: 'a row that is not there, in a nested list',
    send: [
      'POST',
      '/library/reading-lists/',
      {
        as: 'alice',
        json: {
          name: 'Mine',
          items: [
            { book: 1, position: 1 },
            { book: 4711, position: 2 },
          ],
        },
      },
    ],
    status: 400,
    en: { items: { 1: { book: ['Invalid pk "4711" - object does not exist.'] } } },
    fr: { items: { 1: { book: ["Clé primaire «\u00a04711\u00a0» non valide - l'objet n'existe pas."] } } },
    de: { items: { 1: { book: ['Ungültiger pk "4711" - Objekt existiert nicht.'] } } },
    es: { items: { 1: { book: ['Clave primaria "4711" inválida - objeto no existe.'] } } },
  },
  {
    what: 'a body that is no JSON',
    send: ['POST', '/library/reviews/', { as: 'alice', payload: '{"rating": ]}', headers: { 'content-type': 'application/json' } }],
    status: 400,
    en: detail('JSON parse error - Expecting value: line 1 column 12 (char 11)'),
    fr: detail("Erreur d'analyse JSON - Valeur attendue\u00a0: ligne 1, colonne 12 (caractère 11)"),
    de: detail('Fehler beim Lesen von JSON - Wert erwartet: Zeile 1, Spalte 12 (Zeichen 11)'),
    es: detail('Error al analizar JSON - Se esperaba un valor: línea 1, columna 12 (carácter 11)'),
  },
  {
    what: 'a filter that reads no such value',
    send: ['GET', '/library/books/?price__lt=cheap'],
    status: 400,
    en: { price__lt: ['Enter a number.'] },
    fr: { price__lt: ['Saisissez un nombre.'] },
    de: { price__lt: ['Bitte eine Zahl eingeben.'] },
    es: { price__lt: ['Introduzca un número.'] },
  },
  {
    what: 'a parameter that nothing reads',
    send: ['GET', '/library/books/?pgae=2'],
    status: 400,
    en: { pgae: ['Unknown parameter. Did you mean "page"?'] },
    fr: { pgae: ['Paramètre inconnu. Vouliez-vous dire «\u00a0page\u00a0»\u00a0?'] },
    de: { pgae: ['Unbekannter Parameter. Ist "page" gemeint?'] },
    es: { pgae: ['Parámetro desconocido. ¿Quiso decir "page"?'] },
  },
  {
    what: 'no credentials',
    send: ['POST', '/library/reviews/', { json: {} }],
    status: 401,
    en: detail('Authentication credentials were not provided.'),
    fr: detail("Informations d'authentification non fournies."),
    de: detail('Anmeldedaten fehlen.'),
    es: detail('Las credenciales de autenticación no se proveyeron.'),
  },
  {
    what: 'wrong credentials',
    send: ['GET', '/library/books/', { headers: { authorization: 'Token nobody' } }],
    status: 401,
    en: detail('Invalid token.'),
    fr: detail('Token non valide.'),
    de: detail('Ungültiges Token.'),
    es: detail('Token inválido.'),
  },
  {
    what: 'a client that may not',
    send: ['DELETE', '/library/publishers/1/', { as: 'alice' }],
    status: 403,
    en: detail('You do not have permission to perform this action.'),
    fr: detail("Vous n'avez pas la permission d'effectuer cette action."),
    de: detail('Sie sind nicht berechtigt, diese Aktion durchzuführen.'),
    es: detail('Usted no tiene permiso para realizar esta acción.'),
  },
  {
    what: 'a row that is not there',
    send: ['GET', '/library/books/4711/'],
    status: 404,
    en: detail('No Book matches the given query.'),
    fr: detail('Aucun objet Book ne correspond à la requête.'),
    de: detail('Kein Objekt Book passt zu der Anfrage.'),
    es: detail('No se encontró ningún Book coincidente con la consulta.'),
  },
  {
    what: 'a page that is not there',
    send: ['GET', '/library/books/?page=4711'],
    status: 404,
    en: detail('Invalid page.'),
    fr: detail('Page non valide.'),
    de: detail('Ungültige Seite.'),
    es: detail('Página inválida.'),
  },
  {
    what: 'an address that nobody has',
    send: ['GET', '/nowhere'],
    status: 404,
    en: detail('Not found.'),
    fr: detail('Non trouvé.'),
    de: detail('Nicht gefunden.'),
    es: detail('No encontrado.'),
  },
  {
    what: 'an address that cannot be decoded',
    send: ['GET', '/library/%ff/'],
    status: 404,
    en: detail('Not found.'),
    fr: detail('Non trouvé.'),
    de: detail('Nicht gefunden.'),
    es: detail('No encontrado.'),
  },
  {
    what: 'an error of middleware',
    send: ['GET', '/middleware'],
    status: 404,
    en: detail('Not found.'),
    fr: detail('Non trouvé.'),
    de: detail('Nicht gefunden.'),
    es: detail('No encontrado.'),
  },
  {
    what: 'a method that an address lacks',
    send: ['PATCH', '/lab/busy/'],
    status: 405,
    en: detail('Method "PATCH" not allowed.'),
    fr: detail('Méthode «\u00a0PATCH\u00a0» non autorisée.'),
    de: detail('Methode "PATCH" nicht erlaubt.'),
    es: detail('Método "PATCH" no permitido.'),
  },
  {
    what: 'a type that nothing renders',
    send: ['GET', '/library/books/', { headers: { accept: 'image/png' } }],
    status: 406,
    en: detail('Could not satisfy the request Accept header.'),
    fr: detail("L'en-tête «\u00a0Accept\u00a0» n'a pas pu être satisfaite."),
    de: detail('Kann die Accept Kopfzeile der Anfrage nicht erfüllen.'),
    es: detail('No se ha podido satisfacer la solicitud de cabecera de Accept.'),
  },
  {
    what: 'a type that nothing parses',
    send: ['POST', '/library/reviews/', { as: 'alice', payload: 'a,b', headers: { 'content-type': 'text/csv' } }],
    status: 415,
    en: detail('Unsupported media type "text/csv" in request.'),
    fr: detail('Type de média «\u00a0text/csv\u00a0» non supporté.'),
    de: detail('Nicht unterstützter Medientyp "text/csv" in der Anfrage.'),
    es: detail('Tipo de medio "text/csv" incompatible en la solicitud.'),
  },
  {
    what: 'too many requests',
    send: ['GET', '/lab/busy/'],
    status: 429,
    en: detail('Request was throttled. Expected available in 2 seconds.'),
    fr: detail('Requête ralentie. Disponible à nouveau dans 2\u00a0secondes.'),
    de: detail('Die Anfrage wurde gedrosselt. Erwarte Verfügbarkeit in 2 Sekunden.'),
    es: detail('Solicitud fue regulada (throttled). Se espera que esté disponible en 2 segundos.'),
  },
  {
    what: "the application's own text, with a number",
    send: ['POST', '/lab/busy/'],
    status: 400,
    en: { rooms: { 3: { seats: ['1 seats are left.'] } } },
    fr: { rooms: { 3: { seats: ['Il reste 1 place.'] } } },
    de: { rooms: { 3: { seats: ['1 seats are left.'] } } },
    es: { rooms: { 3: { seats: ['1 seats are left.'] } } },
  },
  {
    what: "the application's own text, thrown as an error of Nest",
    send: ['GET', '/written/bad'],
    status: 400,
    en: detail('The room is closed.'),
    fr: detail('La salle est fermée.'),
    de: detail('The room is closed.'),
    es: detail('The room is closed.'),
  },
];

describe.each(exchanges)('$what: $status', ({ send: [method, url, options], status, ...bodies }) => {
  const ask = (headers: Record<string, string>) => library.send(method as 'GET', url, { ...options, headers: { ...options?.headers, ...headers } });

  it.each([
    ['en', 'en-GB, fr;q=0.5'],
    ['fr', 'fr-CA, en;q=0.5'],
    ['de', 'nl, de;q=0.5'],
    ['es', 'es'],
  ] as const)('is answered in %s, and says so', async (language, accepted) => {
    const answer = await ask({ 'accept-language': accepted });
    expect([answer.statusCode, answer.json()]).toEqual([status, bodies[language]]);
    expect(answer.headers['content-language']).toBe(language);
    expect(String(answer.headers['vary']).split(', ')).toContain(VARY);
  });

  it('is in English for a client that names no language, and says that others get another', async () => {
    const answer = await ask({});
    expect([answer.statusCode, answer.json(), answer.headers['content-language']]).toEqual([status, bodies.en, 'en']);
    expect(String(answer.headers['vary']).split(', ')).toContain(VARY);
  });
});

describe('an answer', () => {
  const french = { headers: { 'accept-language': 'fr' } };

  it('that says a conflict says it in the language of the application', async () => {
    const borrow = () => library.send('POST', '/library/books/1/borrow/', { as: 'alice', json: { due_at: '2999-01-01T00:00:00Z' }, ...french });
    await borrow();
    const answer = await borrow();
    expect([answer.statusCode, answer.json()]).toEqual([409, { detail: 'Ce livre est déjà emprunté.' }]);
  });

  it('that names a model and a field has their labels in the language', async () => {
    const { isbn, author, publisher } = (await library.send('GET', '/library/books/1/')).json<Record<string, any>>();
    const json = { title: 'Again', isbn, author: author.id ?? author, publisher: publisher?.id ?? publisher, price: '1.00', pages: 1 };
    const answer = await library.send('POST', '/library/books/', { as: 'admin', json, ...french });
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { isbn: ['Un objet livre avec ce champ isbn existe déjà.'] }]);
  });

  it('without a text in it says nothing of languages', async () => {
    for (const url of ['/library/books/', '/lab/greeting/', '/written/plain', '/library/books']) {
      const answer = await library.send('GET', url, { headers: { ...french.headers, 'x-silent': '1' } });
      expect([url, answer.statusCode < 400, saidOf(answer)[0], /language/i.test(String(answer.headers['vary']))]).toEqual([
        url,
        true,
        undefined,
        false,
      ]);
    }
  });

  it('that a handler translates is in the language, and says so', async () => {
    const answer = await library.send('GET', '/lab/greeting/', french);
    expect([answer.json(), saidOf(answer)]).toEqual([{ text: 'Bonjour Ada.', language: 'fr' }, ['fr', `Accept, Authorization, ${VARY}`]]);
  });

  it.each([
    ['de', 'de'],
    ['es-MX', 'es'],
    ['nl', 'fr'],
  ])('of a handler that sets the language to %s is in %s', async (chosen, language) => {
    const answer = await library.send('GET', '/lab/greeting/', { headers: { ...french.headers, 'x-chosen': chosen } });
    expect([answer.json<{ language: string }>().language, saidOf(answer)[0]]).toEqual([language, language]);
  });

  it('of a hand-written controller that translates is in the language, and says so', async () => {
    const answer = await library.send('GET', '/written/spoken', french);
    expect([answer.json(), saidOf(answer)]).toEqual([{ text: 'Bonjour Ada.' }, ['fr', VARY]]);
  });

  it('keeps what it varies by otherwise', async () => {
    const answer = await library.send('GET', '/written/closed', french);
    expect([answer.statusCode, saidOf(answer)]).toEqual([403, ['fr', `Origin, ${VARY}`]]);
  });

  it('to OPTIONS has name and description in the language', async () => {
    const answer = await library.send('OPTIONS', '/lab/busy/', french);
    expect([answer.json(), saidOf(answer)]).toMatchObject([
      { name: 'Salle de lecture', description: 'Where one reads.' },
      ['fr', `Accept, Authorization, ${VARY}`],
    ]);
  });

  it('costs no statement more in another language', async () => {
    const json = { name: 'Mine', items: [{ book: 4711, position: 1 }] };
    const statements = (language: string) =>
      library.counter.during(() => library.send('POST', '/library/reading-lists/', { as: 'alice', json, headers: { 'accept-language': language } }));
    const inEnglish = await statements('en');
    expect(inEnglish.length).toBeGreaterThan(0);
    expect(await statements('fr')).toEqual(inEnglish);
  });
});

describe('a cache that heeds Vary', () => {
  it('serves nobody a text in another language', async () => {
    const kept = new Map<string, string>();
    const cached = async (language: string): Promise<string> => {
      const hit = kept.get(language);
      if (hit) return hit;
      const answer = await library.send('GET', '/library/books/4711/', { headers: { 'accept-language': language } });
      const varies = String(answer.headers['vary']).toLowerCase().split(', ').includes('accept-language');
      // Without Vary one stored answer would serve every language.
      for (const key of varies ? [language] : ['fr', 'de', 'en']) kept.set(key, answer.json<{ detail: string }>().detail);
      return kept.get(language) as string;
    };
    const said = [await cached('fr'), await cached('de'), await cached('fr'), await cached('en')];
    expect(new Set(said).size).toBe(3);
    expect(said[2]).toBe(said[0]);
  });
});

describe('an application', () => {
  const withSettings = async (settings: LibraryOptions['settings'], check: (own: Library) => Promise<void>) => {
    const own = await open(settings ? { settings } : {});
    try {
      await check(own);
    } finally {
      await own.close();
    }
  };

  it('without catalogues answers as before: in English, and nothing of languages', async () => {
    await withSettings({ languages: [] }, async (own) => {
      const answer = await own.send('GET', '/library/books/4711/', { headers: { 'accept-language': 'fr' } });
      expect([answer.json(), saidOf(answer)]).toEqual([{ detail: 'No Book matches the given query.' }, [undefined, 'Accept, Authorization']]);
      const greeting = await own.send('GET', '/lab/greeting/', { headers: { 'accept-language': 'fr' } });
      expect([greeting.json(), saidOf(greeting)]).toEqual([{ text: 'Hello Ada.', language: 'en' }, [undefined, 'Accept, Authorization']]);
    });
  });

  it('of one language alone says which it is, and that nobody gets another', async () => {
    await withSettings({ languages: [french], languageCode: 'fr' }, async (own) => {
      const answer = await own.send('GET', '/nowhere', { headers: { 'accept-language': 'en' } });
      expect([answer.json(), saidOf(answer)]).toEqual([{ detail: 'Non trouvé.' }, ['fr', undefined]]);
    });
  });

  it('whose exceptionHandler makes the bodies gets the text from the exception, or from the request', async () => {
    const exceptionHandler: NonNullable<LibraryOptions['settings']>['exceptionHandler'] = (exception, request) => ({
      code: exception.getCodes(),
      english: exception.body(),
      translated: exception.body(request.translate),
    });
    await withSettings({ exceptionHandler }, async (own) => {
      const answer = await own.send('PATCH', '/lab/busy/', { headers: { 'accept-language': 'de' } });
      expect([answer.json(), answer.headers['content-language']]).toEqual([
        {
          code: 'method_not_allowed',
          english: { detail: 'Method "PATCH" not allowed.' },
          translated: { detail: 'Methode "PATCH" nicht erlaubt.' },
        },
        'de',
      ]);
    });
  });

  it('whose exceptionHandler has texts of its own says nothing of languages', async () => {
    await withSettings({ exceptionHandler: () => ({ error: true }) }, async (own) => {
      expect(saidOf(await own.send('GET', '/nowhere', { headers: { 'accept-language': 'de' } }))).toEqual([undefined, undefined]);
    });
  });

  it('answers what is no request at all in its default language', async () => {
    await withSettings({ languageCode: 'de' }, async (own) => {
      await own.app.listen(0, '127.0.0.1');
      const { port } = own.app.getHttpServer().address() as AddressInfo;
      const answer = await new Promise<string>((resolve, reject) => {
        let text = '';
        const socket = connect(port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
        socket.setEncoding('utf8').on('data', (data: string) => (text += data));
        socket.on('end', () => resolve(text)).on('error', reject);
      });
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
      expect(answer).toMatch(/\r\nContent-Language: de\r\n/);
      expect(answer).toMatch(/\r\n\r\n\{"detail":"Fehlerhafte Anfrage\."\}$/);
    });
  });

  it('whose default language has no catalogue does not start', async () => {
    await expect(open({ settings: { languageCode: 'it' } })).rejects.toThrow(
      /languageCode is it, and languages has no catalogue of it, but fr, de, es\./,
    );
  });
});
