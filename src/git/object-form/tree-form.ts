import { type ContentMode, type EntryMode, type TreeChanges, type TreeEntry } from '../git-repository';
import { refuseTwins, refuseUnsafeName } from './tree-names';

/** An entry as it stands in the object: the texts of its mode and name are kept, whatever they are. */
export interface WrittenEntry {
  readonly entry: TreeEntry;
  /** Mode, name and id as bytes of the object. */
  readonly raw: Buffer;
  readonly name: Buffer;
  /** What Git sorts by: names as bytes, and a directory as if its name ended in a slash. */
  readonly key: Buffer;
}

/**
 * The bytes of a tree object, entries in Git's order whatever order they are given in.
 *
 * @throws UnsafeTreeEntry for a hostile name or for two names that are one where case is ignored.
 */
export function encodeTree(entries: readonly TreeEntry<ContentMode>[]): Buffer {
  for (const entry of entries) refuseUnsafeName(entry.name);
  refuseTwins(
    entries.map((entry) => entry.name),
    [],
  );
  return encodeWritten(sorted(entries.map((entry) => written(entry))));
}

/** The bytes of a tree as any program may write it: whatever the names and modes are. They are not judged. */
export function encodeForeignTree(entries: readonly TreeEntry[]): Buffer {
  return encodeWritten(sorted(entries.map((entry) => written(entry, encodeName(entry.name)))));
}

/**
 * The bytes of a tree with some entries changed, all others as they were.
 *
 * @throws UnsafeTreeEntry, as {@link encodeTree}, for names that the base does not hold; RangeError when the base is no tree.
 */
export function changedTree(base: Buffer, changes: TreeChanges): Buffer {
  return encodeWritten(changedEntries(decodeWritten(base), changes));
}

/** {@link changedTree} of entries, for whoever changes one tree many times. */
export function changedEntries(before: readonly WrittenEntry[], changes: TreeChanges): readonly WrittenEntry[] {
  const names = new Map<string, Buffer>();
  for (const { entry, name } of before) names.set(entry.name, name);
  const kept = before.filter(({ entry }) => !changes.has(entry.name));
  const set = [...changes].flatMap(([name, item]) =>
    item === null ? [] : [written({ name, mode: item.mode, oid: item.oid }, names.get(name))],
  );
  const added = set.map(({ entry }) => entry.name).filter((name) => !names.has(name));
  for (const name of added) refuseUnsafeName(name);
  if (added.length > 0) {
    const staying = [...kept, ...set].map(({ entry }) => entry.name).filter((name) => names.has(name));
    refuseTwins(added, staying);
  }
  return sorted([...kept, ...set]);
}

/** The entries of a tree object. @throws RangeError when the bytes are no tree. */
export function decodeTree(bytes: Buffer): TreeEntry[] {
  return decodeWritten(bytes).map(({ entry }) => entry);
}

/** The entries of a tree object as they stand in it. @throws RangeError when the bytes are no tree. */
export function decodeWritten(bytes: Buffer): WrittenEntry[] {
  const entries: WrittenEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(32, at);
    const end = bytes.indexOf(0, space);
    if (space < 0 || end < 0 || end + 21 > bytes.length) throw new RangeError(`No tree entry at byte ${at}.`);
    const mode = bytes.toString('latin1', at, space);
    if (!/^[0-7]{1,7}$/.test(mode)) throw new RangeError(`No mode at byte ${at}.`);
    const name = bytes.subarray(space + 1, end);
    const oid = bytes.toString('hex', end + 1, end + 21);
    const entry = { name: decodeName(name), mode: entryMode(mode), oid };
    entries.push({ entry, raw: bytes.subarray(at, end + 21), name, key: sortKey(entry.mode, name) });
    at = end + 21;
  }
  return entries;
}

/** The bytes of entries that are in Git's order. */
export function encodeWritten(entries: readonly WrittenEntry[]): Buffer {
  return Buffer.concat(entries.map(({ raw }) => raw));
}

/** Git writes the mode of a directory without its leading zero. */
function written(entry: TreeEntry, name: Buffer = Buffer.from(entry.name)): WrittenEntry {
  const head = Buffer.from(`${entry.mode.replace(/^0/, '')} `);
  const raw = Buffer.concat([head, name, Buffer.of(0), Buffer.from(entry.oid, 'hex')]);
  return { entry, raw, name, key: sortKey(entry.mode, name) };
}

function sorted(entries: readonly WrittenEntry[]): readonly WrittenEntry[] {
  return [...entries].sort((a, b) => Buffer.compare(a.key, b.key));
}

/** As Git itself reads modes: old programs wrote 100664 and others, of which only the kind and the owner's x-bit count. */
function entryMode(text: string): EntryMode {
  const mode = Number.parseInt(text, 8);
  switch (mode & 0o170000) {
    case 0o100000:
      return (mode & 0o100) === 0 ? '100644' : '100755';
    case 0o120000:
      return '120000';
    case 0o040000:
      return '040000';
    default:
      return '160000';
  }
}

function sortKey(mode: EntryMode, name: Buffer): Buffer {
  return mode === '040000' ? Buffer.concat([name, SLASH]) : name;
}

const SLASH = Buffer.from('/');

/** The name that bytes spell, as {@link TreeEntry} holds it. */
export function decodeName(bytes: Buffer): string {
  const name = bytes.toString('utf8');
  if (Buffer.from(name).equals(bytes)) return name;
  return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)).join('');
}

/** The bytes that {@link decodeName} has read. */
function encodeName(name: string): Buffer {
  const isBytes = name.split('').every((unit) => unit < '\u0080' || (unit >= '\udc80' && unit <= '\udcff'));
  return Buffer.from(name, isBytes ? 'latin1' : 'utf8');
}
