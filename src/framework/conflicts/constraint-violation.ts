import type { Detail } from '../exceptions/error-detail.js';
import { ValidationError } from '../exceptions/exceptions.js';

/**
 * What the database has refused after validation had nothing against it: another request was faster. The body is the one that validation would have
 * answered; the status is that of the setting `conflictStatus`, 400 or 409.
 */
export class ConstraintViolation extends ValidationError {
  override readonly status: number;

  constructor(detail: Detail, status: number, cause?: unknown) {
    super(detail);
    this.status = status;
    this.cause = cause;
  }
}
