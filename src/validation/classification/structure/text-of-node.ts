import { canonicalText } from '../../canonical-digest';
import { type SourceNode, valueOf } from '../../content/source-node';

/** The value in its one spelling: nodes of equal values have equal texts. */
export function textOfNode(node: SourceNode): string {
  const known = TEXTS.get(node);
  if (known !== undefined) return known;
  const text = canonicalText(valueOf(node));
  TEXTS.set(node, text);
  return text;
}

// Comparing asks for the same node again on every level above it.
const TEXTS = new WeakMap<SourceNode, string>();
