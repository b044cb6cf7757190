import { splitPackageId } from '../../domain';
import { readPolicy } from '../policy/read-policy';
import { inspectPrompts } from '../prompt/inspect-prompts';
import { type RuleContext } from '../rules/rule';
import { type SchemaCompiler } from '../schema/compile-schema';
import { inspectSchemas } from '../schema/inspect-schemas';
import { schemaViews } from '../schema/schema-view';
import { type ValidationRequest } from '../validation-engine';
import { openContent } from './open-content';

/** Reads every file of a release once, and looks into its schemas. */
export function openRelease(request: ValidationRequest, compiler: SchemaCompiler): RuleContext {
  const { manifest: layout, map, version, kind } = request;
  const { files, manifestFile, manifest, schemaFiles } = openContent(request.files, kind, layout);
  const schemas = inspectSchemas(schemaFiles, compiler);
  return {
    package: request.package,
    kind,
    name: splitPackageId(request.package, map.defaultKind).name,
    version,
    map,
    files,
    manifestLayout: layout,
    manifestFile,
    manifest,
    schemas,
    views: schemaViews(schemas),
    prompts: inspectPrompts(manifest?.root, files, schemas, compiler),
    policy: readPolicy(request.policy),
  };
}
