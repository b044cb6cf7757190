import { type ManifestLayout } from '../../domain';
import { formatOf } from '../content/file-format';
import { readReleaseFile, type ReleaseFile } from '../content/release-file';
import { readingBudget, type ReadingBudget } from '../content/reading-budget';
import { nodeAt, textOf } from '../content/source-node';
import { releasePath } from '../rules/reference-resolution/named-artifacts';
import { type Manifest } from '../rules/rule';
import { type ContentFile } from '../validation-engine';
import { manifestFormat } from './manifest-document';

/** The files of a release, each read once as what it is. */
export interface ReleaseContent {
  /** By path in UTF-16 order. */
  readonly files: readonly ReleaseFile[];
  /** Null when the kind has none or the file is absent. */
  readonly manifestFile: ReleaseFile | null;
  /** Null when it is absent or cannot be read. */
  readonly manifest: Manifest | null;
  /** Those of the files that are JSON Schemas. */
  readonly schemaFiles: readonly ReleaseFile[];
}

export function openContent(
  contents: readonly ContentFile[],
  kind: string,
  layout: ManifestLayout | null,
): ReleaseContent {
  const budget = readingBudget();
  const manifestPath = layout?.file ?? null;
  const manifestSource = contents.find(({ path }) => path === manifestPath);
  const manifestFile =
    manifestSource === undefined || layout === null
      ? null
      : readReleaseFile(manifestSource, manifestFormat(layout), budget);
  const manifest = manifestOf(manifestFile);
  const schemaPath = releasePath(textOf(nodeAt(manifest?.root, 'artifacts', 'schema')) ?? '');
  const files = [...contents]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => (file.path === manifestFile?.path ? manifestFile : readFile(file, schemaPath, budget)));
  return { files, manifestFile, manifest, schemaFiles: files.filter(({ path }) => isSchema(path, schemaPath, kind)) };
}

function manifestOf(file: ReleaseFile | null): Manifest | null {
  return file?.root?.type === 'map' ? { file, root: file.root } : null;
}

/** A schema is JSON whatever its name ends in. */
function readFile(file: ContentFile, schemaPath: string | null, budget: ReadingBudget): ReleaseFile {
  return readReleaseFile(file, file.path === schemaPath ? 'json' : formatOf(file.path), budget);
}

function isSchema(path: string, schemaPath: string | null, kind: string): boolean {
  return path === schemaPath || /\.schema\.json$/i.test(path) || (kind === 'schemas' && formatOf(path) === 'json');
}
