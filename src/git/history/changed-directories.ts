import { type GitReading, type ObjectId, type TreeItem } from '../git-repository';

type Trees = Pick<GitReading['objects'], 'readTree'>;

/** A place that has the shape of a release directory and holds something else than before. */
export interface ChangedPlace {
  /** What stands for `{id}` and `{version}`; neither is checked against its grammar. */
  readonly name: string;
  readonly version: string;
  /** Relative to the repository root. */
  readonly path: string;
  readonly before: TreeItem | null;
  readonly after: TreeItem | null;
}

/**
 * The places of a path pattern (`document_types/{id}/releases/{version}`) that differ between two root trees. Trees are
 * compared by id: what is the same on both sides is not read.
 * @throws ObjectMissing
 */
export async function changedPlaces(
  trees: Trees,
  pattern: string,
  before: ObjectId | null,
  after: ObjectId,
): Promise<readonly ChangedPlace[]> {
  const components = pattern.split('/');
  const found: ChangedPlace[] = [];
  const visit = async (
    depth: number,
    old: TreeItem | null,
    now: TreeItem | null,
    way: readonly string[],
  ): Promise<void> => {
    if (old?.oid === now?.oid && old?.mode === now?.mode) return;
    const component = components[depth];
    if (component === undefined) {
      const name = way[components.indexOf('{id}')] ?? '';
      const version = way[components.indexOf('{version}')] ?? '';
      found.push({ name, version, path: way.join('/'), before: old, after: now });
      return;
    }
    const left = await entriesOf(trees, old);
    const right = await entriesOf(trees, now);
    const names = component.startsWith('{') ? new Set([...left.keys(), ...right.keys()]) : [component];
    for (const name of names) await visit(depth + 1, left.get(name) ?? null, right.get(name) ?? null, [...way, name]);
  };
  await visit(0, before === null ? null : { mode: '040000', oid: before }, { mode: '040000', oid: after }, []);
  return found;
}

async function entriesOf(trees: Trees, item: TreeItem | null): Promise<ReadonlyMap<string, TreeItem>> {
  if (item?.mode !== '040000') return new Map();
  return new Map((await trees.readTree(item.oid)).map(({ name, mode, oid }) => [name, { mode, oid }]));
}

/** Trees that are read once while they are needed: each commit is compared with the one before and asked for every kind. */
export class RememberedTrees implements Trees {
  #before = new Map<ObjectId, ReturnType<Trees['readTree']>>();
  #now = new Map<ObjectId, ReturnType<Trees['readTree']>>();

  constructor(private readonly trees: Trees) {}

  readTree(oid: ObjectId): ReturnType<Trees['readTree']> {
    const known = this.#now.get(oid) ?? this.#before.get(oid) ?? this.trees.readTree(oid);
    this.#now.set(oid, known);
    return known;
  }

  /** Forgets what was not asked for since the last call. */
  next(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }
}
