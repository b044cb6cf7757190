import { splitPackageId } from '../../domain';
import { formatOf, readReleaseFile, type ReleaseFile } from '../content/release-file';
import { nodeAt, textOf } from '../content/source-node';
import { releasePath } from '../rules/reference-resolution/named-artifacts';
import { type Manifest, type RuleContext } from '../rules/rule';
import { type SchemaCompiler } from '../schema/compile-schema';
import { inspectSchemas } from '../schema/inspect-schemas';
import { schemaViews } from '../schema/schema-view';
import { type ContentFile, type ValidationRequest } from '../validation-engine';
import { manifestFormat } from './manifest-document';

/** Reads every file of a release once. */
export function openRelease(request: ValidationRequest, compiler: SchemaCompiler): RuleContext {
  const { manifest: layout, map, version } = request;
  const manifestPath = layout?.file ?? null;
  const manifestSource = request.files.find(({ path }) => path === manifestPath);
  const manifestFile =
    manifestSource === undefined || layout === null ? null : readReleaseFile(manifestSource, manifestFormat(layout));
  const manifest = manifestOf(manifestFile);
  const schemaPath = releasePath(textOf(nodeAt(manifest?.root, 'artifacts', 'schema')) ?? '');

  const files = [...request.files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => (file.path === manifestFile?.path ? manifestFile : readFile(file, schemaPath)));
  const schemaFiles = files.filter(({ path }) => isSchema(path, schemaPath, request.kind));
  const schemas = inspectSchemas(schemaFiles, compiler);
  return {
    package: request.package,
    kind: request.kind,
    name: splitPackageId(request.package, map.defaultKind).name,
    version,
    map,
    files,
    manifestLayout: layout,
    manifestFile,
    manifest,
    schemas,
    views: schemaViews(schemas),
  };
}

function manifestOf(file: ReleaseFile | null): Manifest | null {
  return file?.root?.type === 'map' ? { file, root: file.root } : null;
}

/** A schema is JSON whatever its name ends in. */
function readFile(file: ContentFile, schemaPath: string | null): ReleaseFile {
  return readReleaseFile(file, file.path === schemaPath ? 'json' : formatOf(file.path));
}

function isSchema(path: string, schemaPath: string | null, kind: string): boolean {
  return path === schemaPath || /\.schema\.json$/i.test(path) || (kind === 'schemas' && formatOf(path) === 'json');
}
