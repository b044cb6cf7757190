import { isOneLine } from '../../../domain';
import { entryOf, nodeAt, type SourceNode } from '../../content/source-node';
import { atNode } from '../finding';
import { type Rule } from '../rule';
import { requiredKeys } from './manifest-keys';
import { artifactNodes } from './named-artifacts';

const REFERENCES = ['role_prompt_ref', 'template_ref', 'qa_template_ref', 'pgc_template_ref', 'schema_ref'];
const LISTS = ['required_inputs', 'optional_inputs', 'creates_children'];

export const rule: Rule = {
  id: 'manifest-value-type',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'A value of the manifest is of another type than its key asks for.',
  *run({ manifest, manifestLayout }) {
    if (manifest === null || manifestLayout === null) return;
    const { file, root } = manifest;
    for (const key of requiredKeys(manifestLayout)) {
      const value = entryOf(root, key)?.value;
      if (value !== undefined && !isNull(value) && !isLine(value))
        yield atNode(file, value, `Write \`${key}\` as one line of text; put it in quotes if it looks like a number.`);
    }
    for (const key of REFERENCES) {
      const value = entryOf(root, key)?.value;
      if (value !== undefined && !isNull(value) && !isLine(value))
        yield atNode(file, value, `Write \`${key}\` as one line of text, or null.`);
    }
    for (const key of LISTS) {
      const value = entryOf(root, key)?.value;
      if (value !== undefined && !isNull(value) && value.type !== 'list')
        yield atNode(file, value, `Write \`${key}\` as a list; [] when there is nothing in it.`);
    }
    for (const keys of [['artifacts'], ['tests']]) {
      const value = nodeAt(root, ...keys);
      if (value !== undefined && !isNull(value) && value.type !== 'map')
        yield atNode(file, value, `Write \`${keys.join('.')}\` as a mapping.`);
    }
    for (const { node } of artifactNodes(root))
      if (node.type === 'scalar' && !isNull(node) && typeof node.value !== 'string')
        yield atNode(file, node, 'Write the path of a file of this release, or null.');
  },
};

function isNull(node: SourceNode): boolean {
  return node.type === 'scalar' && node.value === null;
}

function isLine(node: SourceNode): boolean {
  return node.type === 'scalar' && typeof node.value === 'string' && node.value.trim() !== '' && isOneLine(node.value);
}
