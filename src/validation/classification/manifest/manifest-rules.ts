import { type SourceNode } from '../../content/source-node';
import { reasonAt } from '../reason';
import { compareNodes } from '../structure/classify-structure';
import { isWording } from '../structure/wording-keys';
import { textOfNode } from '../structure/text-of-node';
import { artifactsRule } from './artifacts-rule';
import { type ManifestRule } from './manifest-rule';
import { referencesRule } from './references-rule';

/** How the document comes about and where it belongs: whoever relies on it relies on these. */
const ESSENCE = ['authority_level', 'creation_mode', 'production_mode', 'scope', 'parent_doc_type'];

const essenceRule: ManifestRule = {
  covers: (key) => ESSENCE.includes(key),
  *compare({ key, was, is, path }) {
    const name = (node: SourceNode | undefined): string => (node === undefined ? 'none' : textOfNode(node));
    const message = `${key} is ${name(is)} now, it was ${name(was)}.`;
    yield reasonAt('major', `manifest-${key.replaceAll('_', '-')}-changed`, path, is ?? was ?? null, message);
  },
};

/** Lists of packages: which way of the list breaks somebody. */
const LISTS: Readonly<Record<string, { readonly added: 'major' | 'minor'; readonly removed: 'major' | 'minor' }>> = {
  // One input more that has to be there.
  required_inputs: { added: 'major', removed: 'minor' },
  optional_inputs: { added: 'minor', removed: 'minor' },
  // Whoever waits for the children waits for ever.
  creates_children: { added: 'minor', removed: 'major' },
};

const listsRule: ManifestRule = {
  covers: (key) => Object.hasOwn(LISTS, key),
  *compare({ key, was, is, path }) {
    const types = LISTS[key] ?? { added: 'major', removed: 'major' };
    const name = key.replaceAll('_', '-');
    const [former, now] = [itemsOf(was), itemsOf(is)];
    const [formerTexts, nowTexts] = [former, now].map((items) => new Set(items.map(textOfNode)));
    const added = now.filter((item) => formerTexts?.has(textOfNode(item)) === false);
    const removed = former.filter((item) => nowTexts?.has(textOfNode(item)) === false);
    for (const item of added)
      yield reasonAt(types.added, `manifest-${name}-added`, path, item, `${key} has ${textOfNode(item)} now.`);
    for (const item of removed)
      yield reasonAt(types.removed, `manifest-${name}-removed`, path, item, `${key} lost ${textOfNode(item)}.`);
    if (added.length + removed.length === 0)
      yield reasonAt('patch', 'manifest-order-changed', path, is ?? null, `${key} is in another order.`);
  },
};

/** A gate that is new or other may stop what passed it. */
const gatesRule: ManifestRule = {
  covers: (key) => key === 'gating_rules',
  *compare({ key, is, was, path }) {
    yield is === undefined
      ? reasonAt('minor', 'manifest-gating-rules-removed', path, was ?? null, `${key} was removed.`)
      : reasonAt('major', 'manifest-gating-rules-changed', path, is, `${key} may stop what passed before.`);
  },
};

/** How a document is shown: what is gone was looked at by somebody, the rest is more or other of it. */
const structureRule: ManifestRule = {
  covers: (key) => key === 'information_architecture' || key === 'rendering',
  *compare({ key, was, is, path }) {
    const name = key.replaceAll('_', '-');
    if (was !== undefined && is !== undefined) yield* compareNodes(was, is, path);
    else if (is !== undefined) yield reasonAt('minor', `manifest-${name}-added`, path, is, `${key} was added.`);
    else yield reasonAt('major', `manifest-${name}-removed`, path, was ?? null, `${key} was removed.`);
  },
};

/** Texts, looks, and tests: nothing that production reads. */
const textsRule: ManifestRule = {
  covers: (key) => key === 'tests' || isWording(key),
  *compare({ key, was, is, path }) {
    yield reasonAt('patch', 'manifest-text-changed', path, is ?? was ?? null, `${key} is another.`);
  },
};

export const MANIFEST_RULES: readonly ManifestRule[] = [
  essenceRule,
  listsRule,
  artifactsRule,
  referencesRule,
  gatesRule,
  structureRule,
  textsRule,
];

function itemsOf(node: SourceNode | undefined): readonly SourceNode[] {
  if (node === undefined) return [];
  return node.type === 'list' ? node.items : [node];
}
