import { type ActiveEntryRow, type ActiveReleasesRow } from '../../projections';
import { type ActiveEntry, type ActiveReleases } from '../types/active-releases.type';

export function toActiveReleases(row: ActiveReleasesRow): ActiveReleases {
  return { ...row, entries: row.entries.map(toActiveEntry) };
}

function toActiveEntry(row: ActiveEntryRow): ActiveEntry {
  const { version, previousVersion, activatedBy, activatedAt, reason, position } = row;
  return { packageId: row.package, version, previousVersion, activatedBy, activatedAt, reason, position };
}
