import { LIMITS } from '../limits';
import { entryOf, nodeAtPointer, type SourceNode, textOf } from '../content/source-node';
import { subschemasOf } from './schema-keywords';

/** A schema document of the release and the URI its references are relative to. */
export interface SchemaDocument {
  readonly path: string;
  readonly root: SourceNode;
}

/** A `$ref` or `$dynamicRef` as written, and where it leads: another file of the release, the same file, or nowhere. */
export interface SchemaReference {
  readonly node: SourceNode;
  readonly target: SourceNode | 'meta-schema' | null;
  /** Path of the file that holds the target. */
  readonly file: string | null;
}

export interface ReferenceIndex {
  /** All references of one document, in order. */
  referencesOf(document: SchemaDocument): readonly SchemaReference[];
}

const META_SCHEMAS = ['http://json-schema.org/draft-07/schema', 'https://json-schema.org/draft/2020-12/schema'];

/** The URI of a file of the release; what `$id` and relative references resolve against. */
export function uriOfFile(path: string): string {
  return `release:///${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** Knows every `$id` and anchor of the schema documents of one release. Nothing is ever loaded from elsewhere. */
export function indexReferences(documents: readonly SchemaDocument[]): ReferenceIndex {
  const places = new Map<string, { readonly node: SourceNode; readonly file: string }>();
  const found = new Map<string, { readonly node: SourceNode; readonly uri: string | null }[]>();

  for (const document of documents) {
    const references: { node: SourceNode; uri: string | null }[] = [];
    found.set(document.path, references);
    places.set(uriOfFile(document.path), { node: document.root, file: document.path });
    visit(document.root, uriOfFile(document.path), document.path, references);
  }
  return {
    referencesOf: (document) =>
      (found.get(document.path) ?? []).map(({ node, uri }) => {
        const target = uri === null ? null : resolve(uri);
        return target === null || target === 'meta-schema'
          ? { node, target, file: null }
          : { node, target: target.node, file: target.file };
      }),
  };

  function visit(
    schema: SourceNode,
    base: string,
    file: string,
    references: { node: SourceNode; uri: string | null }[],
  ) {
    const id = textOf(entryOf(schema, '$id')?.value);
    const own = id === undefined ? base : (join(id, base) ?? base);
    if (id !== undefined) remember(own, schema, file);
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const anchor = textOf(entryOf(schema, keyword)?.value);
      if (anchor !== undefined) remember(`${withoutFragment(own)}#${anchor}`, schema, file);
    }
    for (const keyword of ['$ref', '$dynamicRef']) {
      const node = entryOf(schema, keyword)?.value;
      const written = textOf(node);
      if (node !== undefined && written !== undefined) references.push({ node, uri: join(written, own) });
    }
    for (const inner of subschemasOf(schema)) visit(inner.schema, withoutFragment(own), file, references);
  }

  function remember(uri: string, node: SourceNode, file: string) {
    const key = uri.endsWith('#') ? uri.slice(0, -1) : uri;
    if (!places.has(key)) places.set(key, { node, file });
  }

  function resolve(uri: string): { readonly node: SourceNode; readonly file: string } | 'meta-schema' | null {
    const exact = places.get(uri.endsWith('#') ? uri.slice(0, -1) : uri);
    if (exact !== undefined) return exact;
    const document = withoutFragment(uri);
    if (META_SCHEMAS.includes(document)) return 'meta-schema';
    const holder = places.get(document);
    const fragment = uri.slice(document.length + 1);
    if (holder === undefined || (fragment !== '' && !fragment.startsWith('/'))) return null;
    const pointer = decode(fragment);
    const node = pointer === null ? undefined : nodeAtPointer(holder.node, pointer);
    return node === undefined ? null : { node, file: holder.file };
  }
}

function withoutFragment(uri: string): string {
  return uri.split('#', 1)[0] ?? '';
}

function join(reference: string, base: string): string | null {
  if (reference.length > LIMITS.referenceLength || !URL.canParse(reference, base)) return null;
  const { href } = new URL(reference, base);
  // Identifiers inside each other would grow without end.
  return href.length > LIMITS.referenceLength ? null : href;
}

function decode(fragment: string): string | null {
  try {
    return decodeURIComponent(fragment);
  } catch (error) {
    if (error instanceof Error && error.name === 'URIError') return null;
    throw error;
  }
}
