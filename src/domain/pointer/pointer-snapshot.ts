import { type PackageId } from '../package-id';
import { type PointerEntry, type PointerState } from './pointer.state';

/**
 * The pointer as it stands now, for planning that takes its time while the fold moves on. The way back is kept of
 * `packages` alone, so that a snapshot costs one entry for each package and not one for each move ever made; of the others
 * {@link PointerEntry.everActive} may come to hold what is activated later.
 */
export function pointerSnapshot({ entries, moves }: PointerState, packages: readonly PackageId[]): PointerState {
  const named = new Set(packages);
  const copy = ([id, entry]: [PackageId, PointerEntry]) => [id, named.has(id) ? whole(entry) : mapOnly(entry)] as const;
  // Moves are only ever added, under ids that nobody can have planned with before: they need no copy.
  return { entries: new Map([...entries].map(copy)), moves };
}

function whole({ active, stack, everActive }: PointerEntry): PointerEntry {
  return { active, stack: [...stack], everActive: new Map(everActive) };
}

function mapOnly({ active, everActive }: PointerEntry): PointerEntry {
  return { active, stack: [], everActive };
}
