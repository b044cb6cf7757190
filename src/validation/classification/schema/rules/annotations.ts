import { canonicalText } from '../../../canonical-digest';
import { valueOf } from '../../../content/source-node';
import { type SchemaChange } from '../schema-change';
import { type SchemaPair, type SchemaRule } from '../schema-rule';
import { type ConjunctionView } from '../conjunction-view';

const WORDING = ['title', 'description', '$comment', 'examples', 'default'];
const NOTICES = ['deprecated', 'readOnly', 'writeOnly'];
/** Where a schema is found, and what is only reached through references. */
const PLACES = ['$schema', '$id', '$anchor', '$dynamicAnchor', '$defs', 'definitions', '$vocabulary'];

/** What judges nothing: texts, notices, and names of places. */
export const annotationsRule: SchemaRule = {
  keywords: [...WORDING, ...NOTICES, ...PLACES],
  *compare(pair) {
    for (const keyword of WORDING)
      yield* compareTexts(pair, keyword, 'rewords', 'schema-wording-changed', `The ${keyword} is another.`);
    for (const keyword of NOTICES)
      yield* compareTexts(pair, keyword, 'adds', 'schema-notice-changed', `${keyword} is another.`);
  },
};

function* compareTexts(
  pair: SchemaPair,
  keyword: string,
  effect: 'rewords' | 'adds',
  rule: string,
  message: string,
): Generator<SchemaChange> {
  const textsOf = (view: ConjunctionView): string =>
    canonicalText(
      view
        .uses(keyword)
        .map(({ node }) => canonicalText(valueOf(node)))
        .sort(),
    );
  if (textsOf(pair.before) === textsOf(pair.after)) return;
  const known = new Set(pair.before.uses(keyword).map(({ node }) => canonicalText(valueOf(node))));
  const news = pair.after.uses(keyword).find(({ node }) => !known.has(canonicalText(valueOf(node))));
  yield pair.change(effect, rule, message, news, pair.after.uses(keyword)[0], pair.before.uses(keyword)[0]);
}
