import { Logger } from '@nestjs/common';
import { APIException } from '../../exceptions/api-exception.js';
import { exceptionOf } from '../../exceptions/exception-of.js';
import { ValidationError } from '../../exceptions/exceptions.js';
import type { Model } from '../../models/model.js';
import type { RestRequest } from '../../requests/rest-request.js';
import { Response } from '../../responses/response.js';
import type { ModelService } from '../../services/model-service.js';
import type { RestSettings } from '../../settings/settings.js';
import type { GenericViewSet } from '../generic-viewset.js';

/** What became of one element of a bulk write that is not atomic: what is shown of its row, or what there is against it. */
export interface BulkResult {
  /** The status that a request of this element alone would have had. */
  readonly status: number;
  readonly data?: unknown;
  readonly errors?: unknown;
}

type View = Pick<GenericViewSet, 'represent'>;

/**
 * Saves the elements that nothing is against, and answers 207 with a result for each element, in their order.
 *
 * They are saved together, in one transaction. Where that is refused they are saved one by one, each in a transaction of its own, so that one that the
 * database or a hook refuses does not keep back the others: `save` is called again then.
 */
export class BulkResults {
  readonly #logger = new Logger('RestModule');
  readonly #settings: RestSettings;

  constructor(
    private readonly view: View,
    private readonly service: Pick<ModelService<Model>, 'transaction'>,
    private readonly request: RestRequest,
    /** The status of an element that was saved. */
    private readonly status: number,
  ) {
    this.#settings = request.handler!.settings;
  }

  /** `save` answers the rows of elements in their order, or nothing where there is nothing to show. */
  async answer<T>(
    elements: readonly (T | ValidationError)[],
    save: (elements: readonly T[]) => Promise<readonly object[] | void>,
  ): Promise<Response> {
    const results = elements.map((element): BulkResult | undefined => (element instanceof ValidationError ? this.#refused(element) : undefined));
    const left = elements.flatMap((element, at) => (element instanceof ValidationError ? [] : [{ element, at }]));
    const saveAll = async (some: typeof left) => {
      const rows = await this.service.transaction(() => save(some.map(({ element }) => element)));
      for (const [index, { at }] of some.entries()) results[at] = await this.#saved(rows?.[index]);
    };
    if (left.length > 0) {
      await saveAll(left).catch(async (error: unknown) => {
        this.#expected(error);
        if (left.length === 1) return void (results[left[0]!.at] = this.#refused(error));
        for (const one of left) await saveAll([one]).catch((own: unknown) => (results[one.at] = this.#refused(own)));
      });
    }
    return new Response(results, { status: 207 });
  }

  async #saved(row: object | undefined): Promise<BulkResult> {
    return row ? { status: this.status, data: await this.view.represent(this.request, row) } : { status: this.status };
  }

  /** @throws the error itself where it is none of an element's: nothing has been written, and the request fails as a whole. */
  #expected(error: unknown): void {
    const exception = exceptionOf(error, this.request, this.#settings);
    if (!exception || exception.status >= 500) throw error;
  }

  #refused(error: unknown): BulkResult {
    let exception = exceptionOf(error, this.request, this.#settings);
    if (!exception) {
      // What was saved before stays, and the client must learn of it.
      const { method, id } = this.request.raw;
      this.#logger.error(`An element of a bulk ${method} failed (request ${id})`, error instanceof Error ? error.stack : String(error));
      exception = new APIException();
    }
    const body = this.#settings.exceptionHandler?.(exception, this.request) ?? exception.body(this.request.translate);
    return { status: exception.status, errors: ofOnlyElement(body) };
  }
}

/** Elements are saved as a list, of which this is the first: its place in that list is not the client's. */
function ofOnlyElement(body: unknown): unknown {
  const alone = typeof body === 'object' && body !== null && Object.keys(body).join() === '0' && !Array.isArray(body);
  return alone ? (body as Readonly<Record<string, unknown>>)['0'] : body;
}
