import { type Layout, type PackageId, type Version } from '../../domain';
import { type GitReading, type ObjectId } from '../git-repository';
import { PointerFileUnreadable } from '../pointer-file/pointer-file.errors';
import { readPointerFile } from '../pointer-file/read-pointer-file';
import { entryAt } from '../trees/entry-at';

type Blobs = Pick<GitReading['objects'], 'readBlob'>;

/** The pointer file of one commit. */
export type PointerReading =
  | { readonly state: 'missing' }
  | { readonly state: 'unreadable'; readonly why: string }
  | {
      readonly state: 'readable';
      readonly entries: ReadonlyMap<PackageId, Version>;
      /** Keys that should name a release and do not. */
      readonly ignored: readonly string[];
    };

/** Pointer files that are remembered: a few commits are read side by side. */
const REMEMBERED = 8;

/** Reads the pointer file of one tree after another; one that did not change is not read again. */
export function pointerReader(
  { trees, blobs }: { readonly trees: Pick<GitReading['objects'], 'readTree'>; readonly blobs: Blobs },
  layout: Layout,
): (tree: ObjectId) => Promise<PointerReading> {
  const readings = new Map<string, Promise<PointerReading>>();
  return async (tree) => {
    const entry = await entryAt(trees, tree, layout.pointer.path);
    if (entry === null) return { state: 'missing' };
    const place = `${entry.mode} ${entry.oid}`;
    const reading = readings.get(place) ?? read(blobs, layout, entry);
    readings.delete(place); // a map is in order of adding: the newest is last
    readings.set(place, reading);
    for (const oldest of readings.keys()) {
      if (readings.size <= REMEMBERED) break;
      readings.delete(oldest);
    }
    return reading;
  };
}

async function read(
  blobs: Blobs,
  layout: Layout,
  { mode, oid }: { readonly mode: string; readonly oid: ObjectId },
): Promise<PointerReading> {
  if (mode !== '100644' && mode !== '100755') return { state: 'unreadable', why: 'It is no file.' };
  try {
    const { entries, ignored } = readPointerFile(await blobs.readBlob(oid), layout);
    return { state: 'readable', entries, ignored: ignored.filter((key) => key !== '$schema' && key !== '_comment') };
  } catch (error) {
    if (error instanceof PointerFileUnreadable) return { state: 'unreadable', why: error.message };
    throw error;
  }
}
