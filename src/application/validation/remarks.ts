import { type SourceReading } from '../adoption/read-source';

/** Something about a source that is no finding of a release: usually a mistake, and never part of a verdict. */
export interface Remark {
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
  const { path } = layout.pointer;
  return [
    ...notAdopted.map((flawed) => ({
      path: flawed.path,
      message: `Is no release and was not validated: ${flawed.why}.`,
    })),
    ...[...pointer]
      .filter(([id, version]) => !present.has(`${id} ${version}`))
      .map(([id, version]) => ({ path, message: `Names ${id} ${version}, which has no directory.` })),
    ...ignoredPointerKeys
      .filter((key) => !isNote(key))
      .map((key) => ({
        path,
        message: `The key ${key} names no release: it is no package id, or its value no version.`,
      })),
  ];
}

/** `$schema` and `_comment` are not meant as packages. */
function isNote(key: string): boolean {
  return /^[$_]/.test(key);
}
