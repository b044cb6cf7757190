import { entryOf, type ScalarNode, type SourceNode } from '../../content/source-node';
import { artifactNodes } from './named-artifacts';
import { type PackageUrn, parseUrn } from './package-urn';

/** A place of the manifest that holds a URN, what it may refer to, and what it says. */
export interface ManifestReference {
  readonly node: ScalarNode & { readonly value: string };
  /** The form to write, for messages. */
  readonly form: string;
  readonly urn: PackageUrn | null;
}

const FORMS: Readonly<Record<string, { readonly kind: PackageUrn['kind']; readonly form: string }>> = {
  role_prompt_ref: { kind: 'roles', form: 'prompt:role:ID:VERSION' },
  template_ref: { kind: 'templates', form: 'prompt:template:ID:VERSION' },
  qa_template_ref: { kind: 'templates', form: 'prompt:template:ID:VERSION' },
  pgc_template_ref: { kind: 'templates', form: 'prompt:template:ID:VERSION' },
  schema_ref: { kind: 'schemas', form: 'schema:ID:VERSION' },
};

/** The URNs of a manifest: its `*_ref` keys, and artifacts that are named by URN. Explicit null means none. */
export function* manifestReferences(manifest: SourceNode): Generator<ManifestReference> {
  for (const [key, { kind, form }] of Object.entries(FORMS)) {
    const node = entryOf(manifest, key)?.value;
    if (node === undefined || !isText(node)) continue;
    const urn = parseUrn(node.value);
    yield { node, form, urn: urn === null || urn === 'malformed' || urn.kind !== kind ? null : urn };
  }
  for (const { node } of artifactNodes(manifest)) {
    if (!isText(node)) continue;
    const urn = parseUrn(node.value);
    if (urn !== null) yield { node, form: 'prompt:task:ID:VERSION', urn: urn === 'malformed' ? null : urn };
  }
}

function isText(node: SourceNode): node is ScalarNode & { readonly value: string } {
  return node.type === 'scalar' && typeof node.value === 'string';
}
