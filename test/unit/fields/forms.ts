import { FormValues } from '../../../src/framework/requests/form-values.js';

/** The form that a body of `application/x-www-form-urlencoded` is. */
export function formOf(text: string): FormValues {
  const form = new FormValues();
  for (const [name, value] of new URLSearchParams(text)) form.append(name, value);
  return form;
}
