import { isName } from '../../domain';
import { type ReleaseFile } from '../content/release-file';
import { entryOf, type SourceNode, textOf } from '../content/source-node';
import { type RuleContext } from '../rules/rule';
import { isKindOf } from './known-packages';

/** A place of a release that names a document type, a package of the default kind, by its id. */
export interface DocumentTypeName {
  readonly file: ReleaseFile;
  /** Where it is written: a value or a key. */
  readonly place: { readonly start: number; readonly pointer: string };
  readonly name: string;
}

/** A workflow may take and make what is no document type, such as the answers of a person. */
const OF_WORKFLOW = ['doc_type', 'document_type', 'parent_doc_type', 'produces', 'requires_inputs'];
const OF_MANIFEST = ['optional_inputs', 'creates_children', 'parent_doc_type'];

/** What the workflows of a release and its manifest name where a document type may stand; `required_inputs` are not among them. */
export function documentTypesIn({ files, kind, manifest }: RuleContext): readonly DocumentTypeName[] {
  return files.flatMap((file) => {
    if (isKindOf(kind, 'workflow') || entryOf(file.root, 'workflow_id') !== undefined)
      return [...namesIn(file, file.root)];
    const keys = file === manifest?.file ? OF_MANIFEST : [];
    return keys.flatMap((key) => [...textsAt(file, entryOf(file.root, key)?.value)]);
  });
}

function* namesIn(file: ReleaseFile, node: SourceNode | null): Generator<DocumentTypeName> {
  if (node?.type === 'list') for (const item of node.items) yield* namesIn(file, item);
  if (node?.type !== 'map') return;
  for (const { key, value } of node.entries) {
    if (OF_WORKFLOW.includes(key)) yield* textsAt(file, value);
    else if (key === 'document_types' && value.type === 'map')
      for (const { key: name, keyStart, value: inner } of value.entries)
        yield { file, place: { start: keyStart, pointer: inner.pointer }, name };
    yield* namesIn(file, value);
  }
}

function* textsAt(file: ReleaseFile, node: SourceNode | undefined): Generator<DocumentTypeName> {
  for (const item of node?.type === 'list' ? node.items : [node]) {
    const name = textOf(item);
    if (item !== undefined && name !== undefined && isName(name)) yield { file, place: item, name };
  }
}
