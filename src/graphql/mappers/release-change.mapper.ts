import { type ReleaseChangeRow } from '../../projections';
import { type ReleaseChange } from '../types/release-change.type';

export function toReleaseChange(row: ReleaseChangeRow): ReleaseChange {
  return { position: row.position, from: row.from, to: row.to, packageId: row.package, version: row.version };
}
