import { type ContentFact, type PackageId, type Version } from '../../domain';

/** Says how the tree of a release stands in the object store. */
export type ContentLock = (id: PackageId, version: Version, tree: string) => Promise<ContentFact>;
