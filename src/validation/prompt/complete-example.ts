import { parseJson } from '../content/parse-json';
import { stringsOf, valueOf } from '../content/source-node';
import { type CodeBlock } from './json-blocks';
import { isOfCompleteExample } from './lead-in';
import { type CompleteExample } from './prompt-demands';

/** Texts that stand for something else: `...`, `<id>`, `{{ id }}`, `$$ID`, `[id]`. */
const PLACEHOLDER = /\.\.\.|…|<[^<>\n]{1,80}>|\{\{|\$\$|^\[[^[\]\n]{1,80}\]$/;

/**
 * The example in a block, where a line above calls it complete or valid and it is plain JSON without placeholders;
 * else null: an example may show a part only.
 */
export function completeExampleIn(
  text: string,
  { start, end }: CodeBlock,
  leads: readonly (string | undefined)[],
): CompleteExample | null {
  if (!leads.some((lead) => lead !== undefined && isOfCompleteExample(lead))) return null;
  const { root } = parseJson(text.slice(start, end));
  if (root === null || [...stringsOf(root)].some((value) => PLACEHOLDER.test(value))) return null;
  return { offset: start + root.start, value: valueOf(root) };
}
