import { type Severity } from '../../domain';
import { type SourceReading } from '../adoption/read-source';

/** Something wrong with a source that is in no release, so that no rule can find it. */
export interface Remark {
  readonly severity: Severity;
  /** Relative to the repository root. */
  readonly path: string;
  readonly message: string;
}

/** What stands where a release would but is none, and what the pointer file names that is not there. */
export function remarksOn({
  notAdopted,
  pointer,
  releases,
  layout,
  ignoredPointerKeys,
}: SourceReading): readonly Remark[] {
  const present = new Set(releases.map((release) => `${release.package} ${release.version}`));
  const dangling = [...pointer].filter(([id, version]) => !present.has(`${id} ${version}`));
  const keys = ignoredPointerKeys.filter((key) => !isNote(key));
  const { path } = layout.pointer;
  return [
    ...notAdopted.map(({ path: flawed, why }) => {
      const message = `Is no release and was not validated: ${why}.`;
      return { severity: 'WARNING' as const, path: flawed, message };
    }),
    ...dangling.map(([id, version]) => {
      const message = `Names ${id} ${version}, of which there is no release.`;
      return { severity: 'ERROR' as const, path, message };
    }),
    ...keys.map((key) => {
      const message = `The key ${key} names no release: it is no package id, or its value no version.`;
      return { severity: 'WARNING' as const, path, message };
    }),
  ];
}

/** `$schema` and `_comment` are not meant as packages. */
function isNote(key: string): boolean {
  return /^[$_]/.test(key);
}
