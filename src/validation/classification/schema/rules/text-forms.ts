import { canonicalText } from '../../../canonical-digest';
import { valueOf } from '../../../content/source-node';
import { type SchemaChange } from '../schema-change';
import { type SchemaPair, type SchemaRule, speakOf } from '../schema-rule';
import { type ConjunctionView, type Use } from '../conjunction-view';

const NAMES: Readonly<Record<string, string>> = {
  pattern: 'pattern',
  format: 'format',
  contentEncoding: 'content-encoding',
  contentMediaType: 'content-type',
};

/** Formats that judge numbers. */
const NUMERIC: ReadonlySet<unknown> = new Set(['int32', 'int64', 'float', 'double']);

/** `pattern`, `format` and their like. Two of them are never taken to mean the same. */
export const textFormsRule: SchemaRule = {
  keywords: Object.keys(NAMES),
  *compare(pair) {
    const isText = speakOf(pair, 'string');
    const isNumber = speakOf(pair, 'integer') || speakOf(pair, 'fraction');
    for (const keyword of Object.keys(NAMES))
      if (isText || (isNumber && keyword === 'format')) yield* compareForm(pair, keyword, isText);
  },
};

function* compareForm(pair: SchemaPair, keyword: string, isText: boolean): Generator<SchemaChange> {
  const [was, is] = [formsOf(pair.before, keyword, isText), formsOf(pair.after, keyword, isText)];
  const added = [...is].filter(([text]) => !was.has(text));
  const gone = [...was].filter(([text]) => !is.has(text));
  const name = NAMES[keyword] ?? keyword;
  const [newest, place] = added[0] ?? [];
  if (newest !== undefined && gone.length === 0)
    yield pair.change('narrows', `schema-${name}-added`, `The ${keyword} ${newest} is demanded now.`, place);
  else if (newest !== undefined)
    yield pair.change(
      'narrows',
      `schema-${name}-changed`,
      `The ${keyword} is ${newest} now, it was ${gone[0]?.[0] ?? ''}.`,
      place,
    );
  else if (gone[0] !== undefined)
    yield pair.change('widens', `schema-${name}-removed`, `The ${keyword} ${gone[0][0]} is gone.`, gone[0][1]);
}

function formsOf(view: ConjunctionView, keyword: string, isText: boolean): ReadonlyMap<string, Use> {
  return new Map(
    view
      .uses(keyword)
      .map((use) => [canonicalText(valueOf(use.node)), use] as const)
      // The formats of text say nothing of numbers.
      .filter(([, { node }]) => isText || NUMERIC.has(valueOf(node))),
  );
}
