/** A view's name for people, from its class: `BookViewSet` with `List` is `Book List`, `APIRootView` is `Api Root` (VIEW-9). */
export function viewName(className: string, suffix?: string | null): string {
  const bare = withoutEnd(withoutEnd(className, 'View'), 'ViewSet');
  const words = bare
    .replace(/(?<=[a-z])[A-Z]|[A-Z](?![A-Z]|$)/g, ' $&')
    .trim()
    .replaceAll('_', ' ');
  return titled(words) + (suffix ? ` ${suffix}` : '');
}

/** An extra action's name for people, from its method's: `giveBack` and `give_back` are `Give back`. */
export function actionName(method: string): string {
  const words = method
    .replace(/(?<=[a-z0-9])[A-Z]/g, ' $&')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const withoutEnd = (name: string, end: string) => (name.endsWith(end) && name !== end ? name.slice(0, -end.length) : name);

const titled = (words: string) => words.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
