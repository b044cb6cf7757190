import { type ContentMode, type EntryMode, type TreeChanges, type TreeEntry } from '../git-repository';
import { refuseTwins, refuseUnsafeName } from './tree-names';

/**
 * An entry and how it stands in the object: the texts of its mode and name are kept, whatever they are. Bytes stand as the
 * characters of a text (latin1): thousands of small buffers would hold on to much larger pieces of memory.
 */
export interface WrittenEntry extends TreeEntry {
  /** Mode, name and id as bytes of the object. */
  readonly raw: string;
  /** What Git sorts by: names as bytes, and a directory as if its name ended in a slash. */
  readonly key: string;
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
  return encodeWritten(sorted(entries.map((entry) => written(entry, bytesOf(encodeName(entry.name))))));
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
  const names = new Map<string, string>();
  const after: WrittenEntry[] = [];
  for (const each of before) {
    if (changes.has(each.name)) names.set(each.name, nameIn(each));
    else after.push(each);
  }
  const added: string[] = [];
  for (const [name, item] of changes) {
    if (item === null || names.has(name)) continue;
    refuseUnsafeName(name);
    added.push(name);
  }
  if (added.length > 0) {
    const staying = after.map(({ name }) => name);
    refuseTwins(added, [...staying, ...[...names.keys()].filter((name) => changes.get(name) !== null)]);
  }
  for (const [name, item] of changes) {
    if (item !== null) after.push(written({ name, mode: item.mode, oid: item.oid }, names.get(name)));
  }
  return sorted(after);
}

/** The entries of a tree object. @throws RangeError when the bytes are no tree. */
export function decodeTree(bytes: Buffer): TreeEntry[] {
  return decodeWritten(bytes).map(({ name, mode, oid }) => ({ name, mode, oid }));
}

/** The entries of a tree object as they stand in it. @throws RangeError when the bytes are no tree. */
export function decodeWritten(bytes: Buffer): WrittenEntry[] {
  const text = bytes.toString('latin1');
  const entries: WrittenEntry[] = [];
  for (let at = 0; at < text.length;) {
    const space = text.indexOf(' ', at);
    const end = text.indexOf('\0', space);
    if (space < 0 || end < 0 || end + 21 > text.length) throw new RangeError(`No tree entry at byte ${at}.`);
    const written = text.slice(at, space);
    if (!/^[0-7]{1,7}$/.test(written)) throw new RangeError(`No mode at byte ${at}.`);
    const mode = entryMode(written);
    const bytesOfName = text.slice(space + 1, end);
    entries.push({
      name: isAscii(bytesOfName) ? bytesOfName : decodeName(latin1(bytesOfName)),
      mode,
      oid: bytes.toString('hex', end + 1, end + 21),
      raw: text.slice(at, end + 21),
      key: sortKey(mode, bytesOfName),
    });
    at = end + 21;
  }
  return entries;
}

/** The bytes of entries that are in Git's order. */
export function encodeWritten(entries: readonly WrittenEntry[]): Buffer {
  return latin1(entries.map(({ raw }) => raw).join(''));
}

/** Git writes the mode of a directory without its leading zero. @param bytesOfName as the object has them. */
function written({ name, mode, oid }: TreeEntry, bytesOfName = bytesOf(Buffer.from(name))): WrittenEntry {
  const raw = `${mode.replace(/^0/, '')} ${bytesOfName}\0${bytesOf(Buffer.from(oid, 'hex'))}`;
  return { name, mode, oid, raw, key: sortKey(mode, bytesOfName) };
}

/** The bytes of an entry's name. */
function nameIn({ raw }: WrittenEntry): string {
  return raw.slice(raw.indexOf(' ') + 1, -21);
}

function sorted(entries: readonly WrittenEntry[]): readonly WrittenEntry[] {
  return [...entries].sort((a, b) => (a.key < b.key ? -1 : a.key === b.key ? 0 : 1));
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function bytesOf(bytes: Buffer): string {
  return bytes.toString('latin1');
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

function sortKey(mode: EntryMode, name: string): string {
  return mode === '040000' ? `${name}/` : name;
}

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
