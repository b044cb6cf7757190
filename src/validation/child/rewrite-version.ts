import { decodeText } from '../content/decode-text';
import { entryOf, type ScalarNode, type SourceNode, textOf } from '../content/source-node';
import { type Jobs, type RewrittenManifest } from './job';
import { readManifestFile } from './manifest-document';

/** Replaces the bytes of the version's scalar and nothing else; quotes stay as they are. */
export function rewriteVersion({ bytes, layout, version }: Jobs['rewriteVersion']['input']): RewrittenManifest {
  const key = layout.version;
  if (key === null) return { ok: true, bytes };

  const { root, problems, text, placeOf } = readManifestFile(bytes, layout);
  const lineOf = (offset: number | null): number | null => (offset === null ? null : placeOf(offset).line);
  if (root === null || text === null) {
    const problem = problems.find(({ kind }) => kind !== 'byte-order-mark');
    return refuse(lineOf(problem?.offset ?? null), problem?.message ?? 'The manifest cannot be read.');
  }
  if (root.type !== 'map') return refuse(lineOf(root.start), 'The manifest is not a mapping of keys to values.');
  const node = entryOf(root, key)?.value;
  if (node === undefined) return refuse(null, `Add the key ${key} to the manifest.`);
  if (!isOneLineScalar(node, text)) return refuse(lineOf(node.start), `Write ${key} as one line of text.`);

  const written = node.style === 'plain' ? version : `${text.charAt(node.start)}${version}${text.charAt(node.start)}`;
  const from = decodeText(bytes).markBytes + Buffer.byteLength(text.slice(0, node.start), 'utf8');
  const to = from + Buffer.byteLength(text.slice(node.start, node.end), 'utf8');
  const rewritten = Buffer.concat([bytes.subarray(0, from), Buffer.from(written, 'utf8'), bytes.subarray(to)]);
  const reread = textOf(entryOf(readManifestFile(rewritten, layout).root, key)?.value);
  return reread === version ? { ok: true, bytes: rewritten } : refuse(lineOf(node.start), `Write ${key} in quotes.`);
}

function isOneLineScalar(node: SourceNode, text: string): node is ScalarNode {
  return (
    node.type === 'scalar' &&
    node.value !== null &&
    node.style !== 'block' &&
    node.style !== 'empty' &&
    !text.slice(node.start, node.end).includes('\n')
  );
}

function refuse(line: number | null, why: string): RewrittenManifest {
  return { ok: false, line, why };
}
