import { type ContentFact, type PackageId, type Version } from '../../domain';

/** `whole` reads every object of a tree; `remembered` trusts that a tree which was once read whole still is. */
export type Reading = 'whole' | 'remembered';

/** Says how the tree of a release stands in the object store. */
export type ContentLock = (id: PackageId, version: Version, tree: string, reading: Reading) => Promise<ContentFact>;
