import { BadUserInput } from '../../domain';
import { type ContentMode, type GitObjects, type ObjectId, type TreeItem } from '../git-repository';
import { type ListedEntry, listFiles } from '../trees/list-entries';
import { withEntries } from '../trees/with-entry';
import { requireArtifactPath } from './artifact-path';
import { type ArtifactEdit } from './draft';
import { refuseClashes } from './refuse-clashes';

/** Size limits of a release. */
export const CONTENT_LIMITS = { fileBytes: 1_048_576, files: 500, totalBytes: 16 * 1_048_576 } as const;

/** An edit whose content is fit to be stored. `field` names it in refusals. */
export interface CheckedEdit {
  readonly field: string;
  readonly path: string;
  readonly bytes: Uint8Array | null;
}

/** Checks each edit by itself. @throws BadUserInput (`changes[0].content`, or `changes[0].path` for a path named twice) */
export function checkEdits(changes: readonly ArtifactEdit[]): readonly CheckedEdit[] {
  const seen = new Set<string>();
  return changes.map(({ path, content }, index) => {
    const field = `changes[${index}]`;
    if (seen.has(path)) throw new BadUserInput(`${field}.path`, `${path} is changed twice in one save.`);
    seen.add(path);
    return { field, path, bytes: content === null ? null : toBytes(content, `${field}.content`) };
  });
}

/**
 * The release tree after checked edits; writes its blobs and trees only once the whole of it is known to be fit.
 * @throws BadUserInput for paths that are refused or clash, and for a release that is, and grows, over {@link CONTENT_LIMITS}.
 */
export async function applyEdits(
  objects: GitObjects,
  tree: ObjectId,
  edits: readonly CheckedEdit[],
): Promise<ObjectId> {
  const before = await listFiles(objects, tree);
  const edited = new Set(edits.map((edit) => edit.path));
  const kept = before.filter((file) => !edited.has(file.path));
  const written = edits.flatMap(({ field, path, bytes }) => (bytes === null ? [] : [{ field, path, bytes }]));
  // A file that an adopted release brought in under an odd name can still be edited and deleted.
  const present = new Set(before.map((file) => file.path));
  for (const { field, path } of edits) if (!present.has(path)) requireArtifactPath(path, `${field}.path`);
  const fields = new Map(written.map((edit) => [edit.path, `${edit.field}.path`]));
  refuseClashes([...kept.map((file) => file.path), ...written.map((edit) => edit.path)], fields);
  await refuseTooMuch(objects, before, kept, written);

  const modes = new Map(before.map((file) => [file.path, file.mode]));
  const changes = new Map<string, TreeItem<ContentMode> | null>();
  for (const { path, bytes } of edits) {
    const mode = modes.get(path) ?? '100644';
    changes.set(path, bytes === null ? null : { mode, oid: await objects.writeBlob(bytes) });
  }
  return withEntries(objects, tree, changes);
}

function toBytes(content: string | Uint8Array, field: string): Uint8Array {
  if (typeof content === 'string' && /\p{Surrogate}/u.test(content)) {
    throw new BadUserInput(field, 'is not UTF-8 text: it holds half of a surrogate pair.');
  }
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const { fileBytes } = CONTENT_LIMITS;
  if (bytes.byteLength > fileBytes) {
    throw new BadUserInput(field, `has ${bytes.byteLength} bytes; a file may have ${fileBytes}.`);
  }
  return bytes;
}

async function refuseTooMuch(
  objects: GitObjects,
  before: readonly ListedEntry[],
  kept: readonly ListedEntry[],
  written: readonly { readonly bytes: Uint8Array }[],
): Promise<void> {
  const count = kept.length + written.length;
  // An adopted release may be over a limit already: it may shrink, not grow.
  if (count > CONTENT_LIMITS.files && count > before.length) {
    throw new BadUserInput('changes', `the release would have ${count} files; ${CONTENT_LIMITS.files} are allowed.`);
  }
  const sizes = new Map<ObjectId, number>();
  for (const { oid } of before) sizes.set(oid, sizes.get(oid) ?? (await objects.readBlob(oid)).byteLength);
  const total = (files: readonly ListedEntry[]): number =>
    files.reduce((sum, file) => sum + (sizes.get(file.oid) ?? 0), 0);
  const bytes = total(kept) + written.reduce((sum, file) => sum + file.bytes.byteLength, 0);
  if (bytes > CONTENT_LIMITS.totalBytes && bytes > total(before)) {
    throw new BadUserInput(
      'changes',
      `the release would have ${bytes} bytes; ${CONTENT_LIMITS.totalBytes} are allowed.`,
    );
  }
}
