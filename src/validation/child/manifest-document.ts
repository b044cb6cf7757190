import { type ManifestLayout } from '../../domain';
import { formatOf } from '../content/file-format';
import { readReleaseFile, type ReleaseFile } from '../content/release-file';

/** Reads a manifest as its file name says: JSON, else YAML. */
export function readManifestFile(bytes: Uint8Array, layout: ManifestLayout): ReleaseFile {
  return readReleaseFile({ path: layout.file, bytes }, manifestFormat(layout));
}

export function manifestFormat(layout: ManifestLayout): 'json' | 'yaml' {
  return formatOf(layout.file) === 'json' ? 'json' : 'yaml';
}

/** Why a manifest is no mapping of keys to values, and on which line; null when it is one. */
export function faultOfManifest({
  root,
  problems,
  placeOf,
}: ReleaseFile): { readonly line: number | null; readonly why: string } | null {
  if (root?.type === 'map') return null;
  if (root !== null) return { line: placeOf(root.start).line, why: 'The manifest is not a mapping of keys to values.' };
  const problem = problems.find(({ kind }) => kind !== 'byte-order-mark');
  const line = problem?.offset == null ? null : placeOf(problem.offset).line;
  return { line, why: problem?.message ?? 'The manifest cannot be read.' };
}
