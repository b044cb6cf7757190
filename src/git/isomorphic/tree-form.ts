import { UnsafeTreeEntry, UnsupportedTreeEntry } from '../errors';
import { type EntryMode, type TreeEntry } from '../git-repository';
import { refuseTwins, refuseUnsafeName } from './tree-names';

/** Git writes the mode of a directory without its leading zero; 100664 is what very old versions wrote for a file. */
const MODES: Readonly<Record<string, EntryMode>> = {
  '40000': '040000',
  '040000': '040000',
  '100644': '100644',
  '100664': '100644',
  '100755': '100755',
};

/**
 * The bytes of a tree object, entries in Git's order whatever order they are given in.
 *
 * @throws UnsafeTreeEntry for a hostile name or for two names that are one where case is ignored.
 */
export function encodeTree(entries: readonly TreeEntry[]): Buffer {
  for (const entry of entries) refuseUnsafeName(entry.name);
  refuseTwins(entries.map((entry) => entry.name));
  return Buffer.concat(
    entries
      .map((entry) => ({ entry, key: sortKey(entry) }))
      .sort((a, b) => Buffer.compare(a.key, b.key))
      .map(({ entry }) =>
        Buffer.concat([Buffer.from(`${entry.mode.replace(/^0/, '')} ${entry.name}\0`), Buffer.from(entry.oid, 'hex')]),
      ),
  );
}

/**
 * The entries of a tree object.
 *
 * @throws UnsupportedTreeEntry for links, submodules and unknown modes; UnsafeTreeEntry for a name that is not UTF-8;
 *   RangeError when the bytes are no tree.
 */
export function decodeTree(bytes: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(' ', at);
    const end = bytes.indexOf(0, space);
    if (space < 0 || end < 0 || end + 21 > bytes.length) throw new RangeError(`No tree entry at byte ${at}.`);
    const written = bytes.toString('latin1', at, space);
    const name = decodeName(bytes.subarray(space + 1, end));
    const mode = MODES[written];
    if (mode === undefined) throw new UnsupportedTreeEntry(name, written);
    entries.push({ name, mode, oid: bytes.toString('hex', end + 1, end + 21) });
    at = end + 21;
  }
  return entries;
}

/** Git compares names as bytes, and a directory as if its name ended in a slash. */
function sortKey(entry: TreeEntry): Buffer {
  return Buffer.from(entry.mode === '040000' ? `${entry.name}/` : entry.name);
}

function decodeName(bytes: Buffer): string {
  const name = bytes.toString('utf8');
  if (!Buffer.from(name).equals(bytes)) throw new UnsafeTreeEntry(name);
  return name;
}
