import { decodeText } from '../content/decode-text';
import { entryOf, type ScalarNode, type SourceNode, textOf } from '../content/source-node';
import { type Jobs, type RewrittenManifest } from './job';
import { faultOfManifest, readManifestFile } from './manifest-document';

/** Replaces the bytes of the version's scalar and nothing else; quotes stay as they are. */
export function rewriteVersion({ bytes, layout, version }: Jobs['rewriteVersion']['input']): RewrittenManifest {
  const key = layout.version;
  if (key === null) return { ok: true, bytes };

  const file = readManifestFile(bytes, layout);
  const { root, text, placeOf } = file;
  const fault = faultOfManifest(file);
  if (fault !== null || root === null || text === null) {
    return refuse(fault?.line ?? null, fault?.why ?? 'The manifest cannot be read.');
  }
  const node = entryOf(root, key)?.value;
  if (node === undefined) return refuse(null, `Add the key ${key} to the manifest.`);
  if (!isOneLineScalar(node, text)) return refuse(placeOf(node.start).line, `Write ${key} as one line of text.`);

  const written = node.style === 'plain' ? version : `${text.charAt(node.start)}${version}${text.charAt(node.start)}`;
  const from = decodeText(bytes).markBytes + Buffer.byteLength(text.slice(0, node.start), 'utf8');
  const to = from + Buffer.byteLength(text.slice(node.start, node.end), 'utf8');
  const rewritten = Buffer.concat([bytes.subarray(0, from), Buffer.from(written, 'utf8'), bytes.subarray(to)]);
  const reread = textOf(entryOf(readManifestFile(rewritten, layout).root, key)?.value);
  return reread === version
    ? { ok: true, bytes: rewritten }
    : refuse(placeOf(node.start).line, `Write ${key} in quotes.`);
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
