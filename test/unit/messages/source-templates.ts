import ts from 'typescript';
import { sourceFiles } from '../../structure/source-tree.js';

/** What the framework's sources say to clients. */
export interface SourceTemplates {
  /** Every template, with where it stands. */
  readonly templates: ReadonlyMap<string, string>;
  /** Where a text is put together with its values, so that nobody can translate it. */
  readonly formatted: readonly string[];
}

const files = sourceFiles('src/framework');
/** The function and the methods that take a template. */
const TAKES_TEMPLATES = /^errorDetail$|\.(?:fail|#?error)$/;
/** What each class extends. */
const parents = new Map(
  files.flatMap(({ text }) => [...text.matchAll(/\bclass (\w+)(?:<[^{]*>)? extends (\w+)/g)].map(([, name, parent]) => [name!, parent!])),
);
const descends = (name: string, from: string): boolean => name === from || (parents.has(name) && descends(parents.get(name)!, from));
/** Whether a class is made of a text for clients: an error that is answered, or a text inside another one. */
const holdsText = (name: string) => name === 'Message' || descends(name, 'APIException');
/** Whether it is an error that no client is told of: a developer's mistake, or one that is caught. */
const isInternal = (name: string) => !holdsText(name) && (/^(?:Type|Range)?Error$/.test(name) || descends(name, 'Error'));
/** Names of properties, parameters and variables that hold templates. */
const HOLDS_TEMPLATES = /^(?:defaultDetail|detail|message|\w+Message|[A-Z_]*MESSAGES?)$/;
/** Names of what documents say. */
const IN_DOCUMENTS = /^(?:description|summary|title|helpText|label|name)$/;
const SENTENCE = /^["'“{A-Z][^\n]*\s[^\n]*[.?]$/;

/** Reads the templates from the sources, so that a new text is found without being listed anywhere. */
export function sourceTemplates(): SourceTemplates {
  const templates = new Map<string, string>();
  const formatted: string[] = [];
  for (const { path, text } of files) {
    if (/^src\/framework\/(?:messages\/catalogues|openapi|testing)\//.test(path)) continue;
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const at = (node: ts.Node) => `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    const add = (node: ts.StringLiteralLike) => void (templates.has(node.text) || templates.set(node.text, at(node)));
    const visit = (node: ts.Node): void => {
      if (isForDevelopers(node)) return;
      // What no client is told of may hold what one is: new DecodeError(new Message('…')).
      if (ts.isNewExpression(node) && isInternal(node.expression.getText())) return node.arguments?.filter(ts.isNewExpression).forEach(visit);
      if (takesTemplates(node)) {
        for (const argument of templatesOf(node)) {
          for (const literal of literals(argument)) if (/\s/.test(literal.text)) add(literal);
          if (choices(argument).some(ts.isTemplateExpression)) formatted.push(`${at(argument)}: ${argument.getText()}`);
        }
      } else if (isNamed(node) && HOLDS_TEMPLATES.test(node.name.getText().replace(/^['#]|'$/g, '')) && node.initializer) {
        literals(node.initializer)
          .filter((literal) => /\s/.test(literal.text))
          .forEach(add);
      } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) {
        node.arguments
          .filter(ts.isObjectLiteralExpression)
          .flatMap(literals)
          .filter((literal) => /\s/.test(literal.text))
          .forEach(add);
      } else if (ts.isStringLiteralLike(node) && SENTENCE.test(node.text) && !isFormOfPlural(node)) add(node);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return { templates, formatted };
}

/** A node that no client's text is in. */
function isForDevelopers(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (isNamed(node) && IN_DOCUMENTS.test(node.name.getText()) && !ts.isVariableDeclaration(node)) return true;
  return ts.isCallExpression(node) && /logger\b/i.test(node.expression.getText());
}

function takesTemplates(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  if (ts.isNewExpression(node)) return holdsText(node.expression.getText());
  return ts.isCallExpression(node) && TAKES_TEMPLATES.test(node.expression.getText());
}

/** The arguments that may be templates: what fills them in stands behind them. */
function templatesOf(node: ts.CallExpression | ts.NewExpression): readonly ts.Expression[] {
  const all = node.arguments ?? [];
  return ts.isCallExpression(node) || node.expression.getText() === 'Message' ? all.slice(0, 1) : all;
}

type Named = ts.PropertyAssignment | ts.PropertyDeclaration | ts.ParameterDeclaration | ts.VariableDeclaration;

const isNamed = (node: ts.Node): node is Named =>
  ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node) || ts.isParameter(node) || ts.isVariableDeclaration(node);

/** The texts that an expression may be or hold, but those of calls in it; of plural forms the one that catalogues know them by. */
function literals(node: ts.Node): ts.StringLiteralLike[] {
  if (ts.isStringLiteralLike(node)) return [node];
  if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isFunctionLike(node) || ts.isTemplateExpression(node)) return [];
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties
      .filter(ts.isPropertyAssignment)
      .flatMap((property) => (isFormOfPlural(property.initializer) ? [] : literals(property.initializer)));
  }
  const found: ts.StringLiteralLike[] = [];
  ts.forEachChild(node, (child) => void found.push(...literals(child)));
  return found;
}

/** What an argument may be, by its conditions. */
function choices(node: ts.Expression): ts.Expression[] {
  if (ts.isConditionalExpression(node)) return [...choices(node.whenTrue), ...choices(node.whenFalse)];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return choices(node.expression);
  if (ts.isBinaryExpression(node)) return [...choices(node.left), ...choices(node.right)];
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(choices);
  return [node];
}

function isFormOfPlural({ parent }: ts.Node): boolean {
  if (!ts.isPropertyAssignment(parent) || parent.name.getText() === 'other') return false;
  return parent.parent.properties.some((one) => one.name?.getText() === 'by');
}
