import { type Severity, SLIPWAY_FILE } from '../../domain';
import { LayoutInvalid, PointerFileUnreadable } from '../../git';
import {
  danglingEntries,
  DEFAULT_POINTER,
  LayoutFileUnreadable,
  PolicyUnreadable,
  type SourceReading,
} from '../adoption/read-source';

/** Something wrong with a source that is in no release, so that no rule can find it. */
export interface Remark {
  readonly severity: Severity;
  /** Relative to the repository root. */
  readonly path: string;
  /** Counts from 1; null when it is the file or directory as a whole. */
  readonly line: number | null;
  readonly message: string;
}

/** Why a source was refused as a whole, at the file that has to be corrected; null for an error that no file of it explains. */
export function remarksOnRefusal(error: unknown): readonly Remark[] | null {
  const inFile = (path: string, line: number | null, message: string): Remark => {
    return { severity: 'ERROR', path, line, message };
  };
  if (error instanceof PolicyUnreadable)
    return [...error.faults]
      .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
      .map(({ line, message }) => inFile(SLIPWAY_FILE, line, message));
  if (error instanceof LayoutFileUnreadable) return [inFile(SLIPWAY_FILE, error.line, error.why)];
  if (error instanceof LayoutInvalid) return [inFile(SLIPWAY_FILE, null, error.message)];
  if (error instanceof PointerFileUnreadable) return [inFile(DEFAULT_POINTER, null, error.message)];
  return null;
}

/** What stands where a release would but is none, and what the pointer file names that is not there. */
export function remarksOn(source: SourceReading): readonly Remark[] {
  const { notAdopted, layout, ignoredPointerKeys } = source;
  const keys = ignoredPointerKeys.filter((key) => !isNote(key));
  const { path } = layout.pointer;
  return [
    ...notAdopted.map(({ path: flawed, why }) => {
      const message = `Is no release and was not validated: ${why}.`;
      return { severity: 'WARNING' as const, path: flawed, line: null, message };
    }),
    ...danglingEntries(source).map(([id, version]) => {
      const message = `Names ${id} ${version}, of which there is no release.`;
      return { severity: 'ERROR' as const, path, line: null, message };
    }),
    ...keys.map((key) => {
      const message = `The key ${key} names no release: it is no package id, or its value no version.`;
      return { severity: 'WARNING' as const, path, line: null, message };
    }),
  ];
}

/** `$schema` and `_comment` are not meant as packages. */
function isNote(key: string): boolean {
  return /^[$_]/.test(key);
}
