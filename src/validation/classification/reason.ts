import { type ChangeReason, type ChangeType } from '../../domain';
import { type ReleaseFile } from '../content/release-file';
import { type SourceNode } from '../content/source-node';

/** A reason about a place in a file. */
export function reasonAt(
  changeType: ChangeType,
  rule: string,
  file: string,
  node: SourceNode | null,
  message: string,
): ChangeReason {
  return { changeType, rule, path: file, pointer: node === null || node.pointer === '' ? null : node.pointer, message };
}

/** A reason about a file as a whole. */
export function reasonOf(changeType: ChangeType, rule: string, file: ReleaseFile, message: string): ChangeReason {
  return reasonAt(changeType, rule, file.path, null, message);
}
