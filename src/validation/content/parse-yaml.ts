import { Composer, CST, Lexer, Parser, type Document } from 'yaml';
import { LIMITS } from '../limits';
import { type Parsed, type Problem, unreadable } from './problem';
import { BUDGET_SPENT, type ReadingBudget, readingBudget } from './reading-budget';
import { sourceTreeOf } from './yaml-source-tree';

/**
 * One YAML 1.2 document of JSON values: no anchors, aliases, merge keys, tags, directives or further documents, unique
 * text keys, within the limits on depth, keys and tokens. The limits hold before anything recursive sees the text.
 */
export function parseYaml(text: string, budget: ReadingBudget = readingBudget()): Parsed {
  const gate = tokensWithinLimits(text, budget);
  if ('refusal' in gate) return unreadable(gate.refusal);

  const documents: Document.Parsed[] = [];
  for (const document of new Composer(OPTIONS).compose(gate.tokens, true, text.length)) documents.push(document);
  const [document, second] = documents;
  if (document === undefined) return unreadable(syntax('there is no document', 0));
  if (second !== undefined) return unreadable(feature('a second document', second.range[0]));
  const [error] = document.errors;
  if (error !== undefined) return unreadable(syntax(firstLine(error.message), error.pos[0]));
  return sourceTreeOf(document.contents, text);
}

// Keys are checked for uniqueness by ourselves: the library compares each with each.
const OPTIONS = { version: '1.2', schema: 'core', uniqueKeys: false, stringKeys: true, merge: false } as const;

type Gate = { readonly tokens: readonly CST.Token[] } | { readonly refusal: Problem };

/** The lexer and the token parser keep their state in a list, not on the call stack: they can be stopped between tokens. */
function tokensWithinLimits(text: string, budget: ReadingBudget): Gate {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let keys = 0;
  let lexemes = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type: TokenType | null = isScalar ? null : CST.tokenType(lexeme);
    isScalar = type === 'scalar';
    const refused = type === null ? undefined : REFUSED[type];
    if (refused !== undefined) return { refusal: feature(refused, parser.offset) };
    lexemes += 1;
    if (lexemes > LIMITS.yamlTokens)
      return { refusal: limit(`longer than ${LIMITS.yamlTokens} tokens`, parser.offset) };
    if (!budget.take()) return { refusal: BUDGET_SPENT };
    if (type === 'map-value-ind') keys += 1;
    if (keys > LIMITS.yamlKeys) return { refusal: limit(`longer than ${LIMITS.yamlKeys} keys`, parser.offset) };
    for (const token of parser.next(lexeme)) {
      // The first says enough, and composing thousands of them takes seconds.
      if (token.type === 'error') return { refusal: syntax(firstLine(token.message), token.offset) };
      tokens.push(token);
    }
    if (depthOf(parser) > LIMITS.yamlDepth)
      return { refusal: limit(`nested more than ${LIMITS.yamlDepth} deep`, parser.offset) };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

type TokenType = NonNullable<ReturnType<typeof CST.tokenType>>;

const REFUSED: Partial<Record<TokenType, string>> = {
  anchor: 'an anchor (&)',
  alias: 'an alias (*)',
  tag: 'a tag (!)',
  'directive-line': 'a directive (%)',
};

function depthOf(parser: Parser): number {
  if (parser.stack.length <= LIMITS.yamlDepth) return parser.stack.length;
  return parser.stack.filter(({ type }) => type === 'block-map' || type === 'block-seq' || type === 'flow-collection')
    .length;
}

function limit(what: string, offset: number): Problem {
  return { kind: 'limit', message: `The YAML is ${what}. Make it smaller.`, offset, pointer: null };
}

function feature(what: string, offset: number): Problem {
  return { kind: 'feature', message: `Write plain YAML: ${what} is not accepted here.`, offset, pointer: null };
}

function syntax(what: string, offset: number): Problem {
  return { kind: 'syntax', message: `This is not YAML: ${what}.`, offset, pointer: null };
}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').replace(/[.:]$/, '');
}
