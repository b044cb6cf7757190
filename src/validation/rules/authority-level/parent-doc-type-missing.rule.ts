import { entryOf, textOf } from '../../content/source-node';
import { isDocumentTypeManifest } from '../reference-resolution/manifest-keys';
import { atOffset } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'parent-doc-type-missing',
  version: 1,
  check: 'AUTHORITY_LEVEL',
  severity: 'WARNING',
  description: 'A constructed package does not say which document type it is constructed from.',
  *run({ manifest, manifestLayout }) {
    if (manifest === null || manifestLayout === null || !isDocumentTypeManifest(manifestLayout)) return;
    const { file, root } = manifest;
    const mode = entryOf(root, 'creation_mode')?.value;
    if (mode === undefined || textOf(mode) !== 'constructed') return;
    const parent = entryOf(root, 'parent_doc_type')?.value;
    if ((textOf(parent) ?? '').trim() === '')
      yield atOffset(
        file,
        parent ?? mode,
        'Name in `parent_doc_type` the document type that this one is constructed from.',
      );
  },
};
