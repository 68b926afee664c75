import { Conflict } from '../../exceptions/exceptions.js';
import type { Model } from '../../models/model.js';

/** Rows beneath the one that is written were to be changed or linked, and one of them is gone, or is not where it was expected. */
export class RowsGone extends Conflict {
  constructor(readonly model: Model) {
    super('A row that was to be changed is gone.', 'gone');
  }
}
