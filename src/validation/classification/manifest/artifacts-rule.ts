import { type SourceNode } from '../../content/source-node';
import { reasonAt } from '../reason';
import { textOfNode } from '../structure/text-of-node';
import { type ManifestRule } from './manifest-rule';

/** `artifacts`: what the package consists of. The content of the files is compared by itself. */
export const artifactsRule: ManifestRule = {
  covers: (key) => key === 'artifacts',
  *compare({ was, is, path }) {
    const [former, now] = [artifactsOf(was), artifactsOf(is)];
    for (const [name, node] of former)
      if (!now.has(name))
        yield reasonAt('major', 'manifest-artifact-removed', path, node, `The artifact ${name} was removed.`);
    for (const [name, node] of now) {
      const other = former.get(name);
      if (other === undefined)
        // A gate may stop what passed before.
        yield name === 'gating_rules'
          ? reasonAt('major', 'manifest-gating-rules-changed', path, node, 'gating_rules may stop what passed before.')
          : reasonAt('minor', 'manifest-artifact-added', path, node, `The artifact ${name} was added.`);
      else if (textOfNode(other) !== textOfNode(node))
        yield reasonAt('minor', 'manifest-artifact-moved', path, node, `The artifact ${name} is in another place.`);
    }
  },
};

/** Explicit null means none. */
function artifactsOf(node: SourceNode | undefined): ReadonlyMap<string, SourceNode> {
  if (node?.type !== 'map') return new Map();
  const present = node.entries.filter(({ value }) => value.type !== 'scalar' || value.value !== null);
  return new Map(present.map(({ key, value }) => [key, value]));
}
