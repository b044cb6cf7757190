import { isName } from '../../domain';
import { type ReleaseFile } from '../content/release-file';
import { entryOf, textOf, type SourceNode } from '../content/source-node';
import { type RuleContext } from '../rules/rule';
import { isKindOf } from './known-packages';

/** A place of a release that names a document type, a package of the default kind, by its id. */
export interface DocumentTypeName {
  readonly file: ReleaseFile;
  /** Where it is written; a key where `isKey`. */
  readonly place: { readonly start: number; readonly pointer: string };
  readonly name: string;
  /** True where nothing but a document type can be meant: what else is named there is unknown. */
  readonly isCertain: boolean;
}

const CERTAIN = ['document_type', 'requires_inputs'];
/** A step may produce what is no document of its own, such as the answers of a person. */
const LIKELY = ['doc_type', 'produces', 'parent_doc_type'];
const OF_MANIFEST = ['optional_inputs', 'creates_children', 'parent_doc_type'];

/** The document types that the workflows of a release and its manifest name; `required_inputs` are not among them. */
export function documentTypesIn(context: RuleContext): readonly DocumentTypeName[] {
  const { files, kind, manifest } = context;
  const isWorkflow = isKindOf(kind, 'workflow');
  const inWorkflows = files.flatMap((file) =>
    file !== manifest?.file && (isWorkflow || entryOf(file.root, 'workflow_id') !== undefined)
      ? [...namesIn(file, file.root)]
      : [],
  );
  if (manifest === null) return inWorkflows;
  const { file, root } = manifest;
  const inManifest = OF_MANIFEST.flatMap((key) => [...textsAt(file, entryOf(root, key)?.value, false)]);
  return [...inManifest, ...inWorkflows];
}

function* namesIn(file: ReleaseFile, node: SourceNode | null): Generator<DocumentTypeName> {
  if (node?.type === 'list') for (const item of node.items) yield* namesIn(file, item);
  if (node?.type !== 'map') return;
  for (const { key, value } of node.entries) {
    if (CERTAIN.includes(key)) yield* textsAt(file, value, true);
    else if (LIKELY.includes(key)) yield* textsAt(file, value, false);
    else if (key === 'document_types' && value.type === 'map')
      for (const { key: name, keyStart, value: inner } of value.entries)
        yield { file, place: { start: keyStart, pointer: inner.pointer }, name, isCertain: false };
    yield* namesIn(file, value);
  }
}

function* textsAt(file: ReleaseFile, node: SourceNode | undefined, isCertain: boolean): Generator<DocumentTypeName> {
  for (const item of node?.type === 'list' ? node.items : [node]) {
    const name = textOf(item);
    if (item !== undefined && name !== undefined && isName(name)) yield { file, place: item, name, isCertain };
  }
}
