import { BadUserInput, type ManifestLayout, type Version } from '../../domain';
import { readArtifact, type GitObjects } from '../../git';
import { type ManifestFacts, ManifestUnreadable, type ValidationEngine } from '../../validation';

/** The manifest a release of this version has, and what it says. Null for kinds without a manifest. */
export interface PreparedManifest {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly facts: ManifestFacts;
}

/**
 * The manifest of a tree with its version replaced, every other byte kept.
 * @throws BadUserInput (`draft`), its data naming file and line, when it is missing or its version cannot be rewritten.
 */
export async function prepareManifest(
  { objects, validation }: { readonly objects: GitObjects; readonly validation: ValidationEngine },
  layout: ManifestLayout | null,
  tree: string,
  version: Version,
): Promise<PreparedManifest | null> {
  if (layout === null) return null;
  const manifest = await readArtifact(objects, tree, layout.file);
  if (manifest === null) {
    const why = `${layout.file} is missing. A release of this kind needs its manifest; save it first.`;
    throw new BadUserInput('draft', why, { path: layout.file, line: null });
  }
  try {
    const bytes = await validation.rewriteVersion(manifest.bytes, layout, version);
    return { path: layout.file, bytes, facts: await validation.readManifest(bytes, layout) };
  } catch (error) {
    if (!(error instanceof ManifestUnreadable)) throw error;
    const { file, line } = error;
    throw new BadUserInput('draft', error.message, { path: file, line });
  }
}
