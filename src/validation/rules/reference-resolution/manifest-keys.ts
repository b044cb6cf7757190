import { type ManifestLayout } from '../../../domain';

/** Values of `authority_level`. */
export const AUTHORITY_LEVELS = ['descriptive', 'prescriptive', 'constructive', 'elaborative'];
/** Values of `creation_mode`. */
export const CREATION_MODES = ['llm_generated', 'constructed', 'manual', 'extracted'];

/**
 * Keys a manifest must have: what the layout names as id and version, and what every document type says of itself.
 * Other kinds may have manifests of another make.
 */
export function requiredKeys(layout: ManifestLayout): readonly string[] {
  const identity = [layout.id, layout.version].filter((key) => key !== null);
  return isDocumentTypeManifest(layout)
    ? [...new Set([...identity, 'display_name', 'authority_level', 'creation_mode'])]
    : identity;
}

export function isDocumentTypeManifest(layout: ManifestLayout): boolean {
  return layout.id === 'doc_type_id' || layout.file === 'package.yaml';
}
