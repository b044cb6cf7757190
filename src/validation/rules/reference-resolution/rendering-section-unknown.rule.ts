import { entryOf, nodeAt, type SourceNode, textOf } from '../../content/source-node';
import { atNode, quote } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'rendering-section-unknown',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'WARNING',
  description: 'A rendering shows a section that the information architecture does not have.',
  *run({ manifest }) {
    const sections = nodeAt(manifest?.root, 'information_architecture', 'sections');
    const rendering = nodeAt(manifest?.root, 'rendering');
    if (manifest === null || sections === undefined || rendering === undefined) return;
    const ids = new Set(idsOf(sections));
    if (ids.size === 0) return;
    for (const node of shownSections(rendering)) {
      const id = textOf(node);
      if (id !== undefined && !ids.has(id))
        yield atNode(
          manifest.file,
          node,
          `The information architecture has no section ${quote(id)}: add it, or show another.`,
        );
    }
  },
};

/** Ids of sections, at any depth; a mapping of sections has them as keys. */
function* idsOf(sections: SourceNode): Generator<string> {
  if (sections.type === 'map') for (const { key } of sections.entries) yield key;
  for (const section of sections.type === 'map' ? sections.entries.map(({ value }) => value) : itemsOf(sections)) {
    const id = textOf(entryOf(section, 'id')?.value);
    if (id !== undefined) yield id;
    const inner = entryOf(section, 'sections')?.value;
    if (inner !== undefined) yield* idsOf(inner);
  }
}

const LISTS_OF_SECTIONS = ['sections', 'linear_order'];

function* shownSections(node: SourceNode): Generator<SourceNode> {
  if (node.type === 'list') for (const item of node.items) yield* shownSections(item);
  if (node.type !== 'map') return;
  for (const { key, value } of node.entries) {
    if (LISTS_OF_SECTIONS.includes(key)) yield* itemsOf(value);
    yield* shownSections(value);
  }
}

function itemsOf(node: SourceNode): readonly SourceNode[] {
  return node.type === 'list' ? node.items : [];
}
