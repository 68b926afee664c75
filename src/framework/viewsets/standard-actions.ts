/** An action that a viewset has without saying so, by its function's name (VS-2). */
export interface StandardAction {
  readonly property: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Whether it is of one row: its address has the row's key. */
  readonly detail: boolean;
}

export const STANDARD_ACTIONS: readonly StandardAction[] = [
  { property: 'list', method: 'GET', detail: false },
  { property: 'create', method: 'POST', detail: false },
  { property: 'bulkUpdate', method: 'PUT', detail: false },
  { property: 'partialBulkUpdate', method: 'PATCH', detail: false },
  { property: 'bulkDestroy', method: 'DELETE', detail: false },
  { property: 'retrieve', method: 'GET', detail: true },
  { property: 'update', method: 'PUT', detail: true },
  { property: 'partialUpdate', method: 'PATCH', detail: true },
  { property: 'destroy', method: 'DELETE', detail: true },
];

const namesOf = (has: (action: StandardAction) => boolean): ReadonlySet<string> =>
  new Set(STANDARD_ACTIONS.filter(has).map(({ property }) => property));

const isOne = (name: string | null, of: ReadonlySet<string>) => name !== null && of.has(name);

const ALL = namesOf(() => true);
const BULK = namesOf(({ method, detail }) => !detail && ['PUT', 'PATCH', 'DELETE'].includes(method));
const SAVING = namesOf(({ method }) => ['POST', 'PUT', 'PATCH'].includes(method));

export const isStandardAction = (name: string | null): boolean => isOne(name, ALL);

/** Whether it writes rows that are there, at the list's address. */
export const isBulkAction = (name: string | null): boolean => isOne(name, BULK);

/** Whether it saves what its serializer takes. */
export const isSavingAction = (name: string | null): boolean => isOne(name, SAVING);
