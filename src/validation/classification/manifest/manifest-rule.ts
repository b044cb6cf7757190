import { type ChangeReason } from '../../../domain';
import { type SourceNode } from '../../content/source-node';

/** A key of the manifest before and after; undefined where it is absent, null or empty. */
export interface ManifestChange {
  readonly key: string;
  readonly was: SourceNode | undefined;
  readonly is: SourceNode | undefined;
  readonly path: string;
}

export interface ManifestRule {
  covers(key: string): boolean;
  compare(change: ManifestChange): Iterable<ChangeReason>;
}
