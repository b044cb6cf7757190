import { createScanner, visit, SyntaxKind, ScanError, ParseErrorCode } from 'jsonc-parser';
import { LIMITS } from '../limits';
import { parsed, type Parsed, type Problem, problemOfKey, unreadable } from './problem';
import { BUDGET_SPENT, type ReadingBudget, readingBudget } from './reading-budget';
import { childPointer, type MapEntry, type SourceNode } from './source-node';

/** Strict JSON (RFC 8259) with unique keys, within the limits on depth and number of keys and values. */
export function parseJson(text: string, budget: ReadingBudget = readingBudget()): Parsed {
  const tooMuch = limitProblem(text, budget);
  if (tooMuch !== null) return unreadable(tooMuch);
  const { root, problems } = build(text);
  if (problems.length > 0) return { root: null, problems };
  const refusal = refusalOfJsonParse(text);
  return refusal === null ? { root, problems } : unreadable(refusal);
}

/** One pass over the tokens, without recursion: the parser behind it recurses. */
function limitProblem(text: string, budget: ReadingBudget): Problem | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  let values = 0;
  for (let token = scanner.scan(); token !== SyntaxKind.EOF; token = scanner.scan()) {
    if (token === SyntaxKind.OpenBraceToken || token === SyntaxKind.OpenBracketToken) depth += 1;
    if (token === SyntaxKind.CloseBraceToken || token === SyntaxKind.CloseBracketToken) depth -= 1;
    if (token !== SyntaxKind.CommaToken && token !== SyntaxKind.ColonToken) {
      values += 1;
      if (!budget.take()) return BUDGET_SPENT;
    }
    if (depth > LIMITS.jsonDepth) return limit(`nested more than ${LIMITS.jsonDepth} deep`, scanner.getTokenOffset());
    if (values > LIMITS.jsonValues)
      return limit(`longer than ${LIMITS.jsonValues} keys and values`, scanner.getTokenOffset());
  }
  return null;
}

function limit(what: string, offset: number): Problem {
  return { kind: 'limit', message: `The JSON is ${what}. Make it smaller.`, offset, pointer: null };
}

interface Open {
  readonly pointer: string;
  readonly start: number;
  readonly entries: MapEntry[] | null;
  readonly items: SourceNode[];
  readonly seen: Set<string>;
  key: string;
  keyStart: number;
}

function build(text: string): Parsed {
  const problems: Problem[] = [];
  const stack: Open[] = [];
  let root: SourceNode | null = null;

  const pointerOfNext = (): string => {
    const top = stack.at(-1);
    if (top === undefined) return '';
    return childPointer(top.pointer, top.entries === null ? top.items.length : top.key);
  };
  const add = (node: SourceNode): void => {
    const top = stack.at(-1);
    if (top === undefined) root = node;
    else if (top.entries === null) top.items.push(node);
    else top.entries.push({ key: top.key, keyStart: top.keyStart, value: node });
  };
  const open = (start: number, entries: MapEntry[] | null): void => {
    stack.push({ pointer: pointerOfNext(), start, entries, items: [], seen: new Set(), key: '', keyStart: start });
  };
  const close = (end: number): void => {
    const top = stack.pop();
    if (top === undefined) return;
    const place = { pointer: top.pointer, start: top.start, end };
    if (top.entries === null) add({ type: 'list', ...place, items: top.items });
    else add({ type: 'map', ...place, entries: top.entries });
  };

  visit(
    text,
    {
      onObjectBegin: (offset) => open(offset, []),
      onArrayBegin: (offset) => open(offset, null),
      onObjectEnd: (offset, length) => close(offset + length),
      onArrayEnd: (offset, length) => close(offset + length),
      onObjectProperty: (key, offset) => {
        const top = stack.at(-1);
        if (top === undefined) return;
        top.key = key;
        top.keyStart = offset;
        const problem = problemOfKey(key, top.seen, offset, childPointer(top.pointer, key));
        if (problem !== null) problems.push(problem);
      },
      onLiteralValue: (value: ScalarValue, offset, length) => {
        const pointer = pointerOfNext();
        if (typeof value === 'number' && !Number.isFinite(value))
          problems.push({ kind: 'syntax', message: 'The number is too large.', offset, pointer });
        const style = typeof value === 'string' ? 'double' : 'plain';
        add({ type: 'scalar', pointer, start: offset, end: offset + length, value, style });
      },
      onError: (code, offset) => {
        // Each later one is a consequence of the first.
        if (!problems.some((problem) => problem.kind === 'syntax')) problems.push(syntax(describe(code), offset));
      },
    },
    { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
  );
  return parsed(root, problems);
}

type ScalarValue = string | number | boolean | null;

function syntax(what: string, offset: number): Problem {
  return { kind: 'syntax', message: `This is not JSON: ${what}.`, offset, pointer: null };
}

/** The two readers have to agree on what JSON is. */
function refusalOfJsonParse(text: string): Problem | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'SyntaxError') throw error;
    return syntax('a character is not allowed here', firstBadToken(text));
  }
}

function firstBadToken(text: string): number {
  const scanner = createScanner(text, true);
  while (scanner.scan() !== SyntaxKind.EOF)
    if (scanner.getTokenError() !== ScanError.None) return scanner.getTokenOffset();
  return 0;
}

function describe(code: ParseErrorCode): string {
  switch (code) {
    case ParseErrorCode.InvalidSymbol:
      return 'unknown word';
    case ParseErrorCode.InvalidNumberFormat:
      return 'malformed number';
    case ParseErrorCode.PropertyNameExpected:
      return 'a key in double quotes is expected';
    case ParseErrorCode.ValueExpected:
      return 'a value is expected';
    case ParseErrorCode.ColonExpected:
      return 'a colon is expected';
    case ParseErrorCode.CommaExpected:
      return 'a comma is expected';
    case ParseErrorCode.CloseBraceExpected:
      return 'a closing brace is missing';
    case ParseErrorCode.CloseBracketExpected:
      return 'a closing bracket is missing';
    case ParseErrorCode.EndOfFileExpected:
      return 'there is more text after the value';
    case ParseErrorCode.InvalidCommentToken:
      return 'comments are not allowed';
    case ParseErrorCode.UnexpectedEndOfComment:
      return 'comments are not allowed';
    case ParseErrorCode.UnexpectedEndOfString:
      return 'a closing quote is missing';
    case ParseErrorCode.UnexpectedEndOfNumber:
      return 'malformed number';
    case ParseErrorCode.InvalidUnicode:
      return 'malformed unicode escape';
    case ParseErrorCode.InvalidEscapeCharacter:
      return 'unknown escape in a text';
    case ParseErrorCode.InvalidCharacter:
      return 'a control character has to be escaped';
  }
}
