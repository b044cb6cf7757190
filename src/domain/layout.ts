/** File at the root of a configuration repository that says how it is laid out and what releases may not hold. */
export const SLIPWAY_FILE = 'slipway.yaml';

/** Where a manifest says which release it is. `id` and `version` are the keys of the YAML document, null when it has none. */
export interface ManifestLayout {
  readonly file: string;
  readonly id: string | null;
  readonly version: string | null;
}

/** One family of packages: its place in the repository, a pattern with `{id}` and `{version}`. */
export interface KindLayout {
  readonly path: string;
  readonly manifest: ManifestLayout | null;
}

export type PointerForm = 'flat' | 'sectioned';

/** How a configuration repository is laid out. Taken at adoption, stored in `Adopted`, in force until the next `Adopted`. */
export interface Layout {
  readonly defaultKind: string;
  readonly kinds: Readonly<Record<string, KindLayout>>;
  readonly pointer: { readonly path: string; readonly form: PointerForm };
}

/** Layout of a new repository: document types and a flat pointer file. */
export const DEFAULT_LAYOUT: Layout = {
  defaultKind: 'document_types',
  kinds: {
    document_types: {
      path: 'document_types/{id}/releases/{version}',
      manifest: { file: 'package.yaml', id: 'doc_type_id', version: 'version' },
    },
  },
  pointer: { path: '_active/active_releases.json', form: 'flat' },
};

/** The directory of a release, relative to the repository root, without a trailing slash. */
export function releaseDirectory(kind: KindLayout, name: string, version: string): string {
  return kind.path.replaceAll('{id}', name).replaceAll('{version}', version);
}
