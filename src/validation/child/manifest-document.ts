import { type ManifestLayout } from '../../domain';
import { formatOf, readReleaseFile, type ReleaseFile } from '../content/release-file';

/** Reads a manifest as its file name says: JSON, else YAML. */
export function readManifestFile(bytes: Uint8Array, layout: ManifestLayout): ReleaseFile {
  return readReleaseFile({ path: layout.file, bytes }, manifestFormat(layout));
}

export function manifestFormat(layout: ManifestLayout): 'json' | 'yaml' {
  return formatOf(layout.file) === 'json' ? 'json' : 'yaml';
}
