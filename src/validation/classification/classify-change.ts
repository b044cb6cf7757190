import { type ChangeClassification, type ChangeReason } from '../../domain';
import { openContent, type ReleaseContent } from '../child/open-content';
import { type ReleaseFile } from '../content/release-file';
import { namedArtifacts } from '../rules/reference-resolution/named-artifacts';
import { type SchemaCompiler } from '../schema/compile-schema';
import { type ChangeRequest } from '../validation-engine';
import { classificationOf } from './classification-of';
import { classifyManifest } from './manifest/classify-manifest';
import { type FilePair, pairFiles } from './pair-files';
import { reasonOf } from './reason';
import { classifySchemas } from './schema/classify-schemas';
import { classifyStructure } from './structure/classify-structure';
import { classifyText } from './text/classify-text';

/** The change type that the step from one content to another needs, and why. Reads content: runs in the child process. */
export function classifyChange(request: ChangeRequest, compiler: SchemaCompiler): ChangeClassification {
  const { kind, manifest: layout } = request;
  const before = openContent(request.before, kind, layout);
  const after = openContent(request.after, kind, layout);
  const bytes = new Map(request.before.map((file) => [file.path, file.bytes]));
  const bytesNow = new Map(request.after.map((file) => [file.path, file.bytes]));
  const isSame = ({ before: was, after: is }: FilePair): boolean =>
    Buffer.compare(bytes.get(was.path) ?? Buffer.alloc(0), bytesNow.get(is.path) ?? Buffer.alloc(0)) === 0;

  const { pairs, removed, added } = pairFiles(before, after);
  const schemas = pairs.filter(({ before: was, after: is }) => isSchemaOf(before, was) || isSchemaOf(after, is));
  const sides = { before: before.schemaFiles, after: after.schemaFiles };
  return classificationOf([
    ...classifySchemas(schemas, sides, compiler),
    ...pairs.filter((pair) => !schemas.includes(pair) && !isSame(pair)).flatMap((pair) => classifyPair(pair)),
    ...removed.map((file) => removal(file, before)),
    ...added.map((file) => addition(file, after)),
  ]);

  function classifyPair(pair: FilePair): readonly ChangeReason[] {
    const { before: was, after: is } = pair;
    if (layout !== null && is.path === layout.file) return classifyManifest(was, is, layout);
    if (isTest(before, was) || isTest(after, is))
      return [reasonOf('patch', 'test-changed', is, 'A test is another: production reads none.')];
    if (isNotice(was, before) && isNotice(is, after))
      return [reasonOf('patch', 'notice-changed', is, 'A text for people is another: the manifest does not name it.')];
    if (was.format !== 'text' && is.format !== 'text') return classifyStructure(was, is);
    if (was.text === null && is.text === null && !isText(is.path))
      return [reasonOf('minor', 'file-changed', is, 'The file is another.')];
    return classifyText(was, is);
  }
}

function removal(file: ReleaseFile, before: ReleaseContent): ChangeReason {
  if (isNotice(file, before) || isTest(before, file))
    return reasonOf('patch', 'file-removed', file, 'A file that production does not read was removed.');
  // Where no manifest names files, the files are the package.
  const isNeeded = before.manifest === null || isNamed(before, file) || file === before.manifestFile;
  return isNeeded
    ? reasonOf('major', 'artifact-removed', file, 'The file was removed.')
    : reasonOf('minor', 'file-removed', file, 'A file that the manifest does not name was removed.');
}

function addition(file: ReleaseFile, after: ReleaseContent): ChangeReason {
  return isNotice(file, after) || isTest(after, file)
    ? reasonOf('patch', 'file-added', file, 'A file that production does not read was added.')
    : reasonOf('minor', 'file-added', file, 'The file was added.');
}

function isSchemaOf(content: ReleaseContent, file: ReleaseFile): boolean {
  return content.schemaFiles.includes(file);
}

function isNamed({ manifest }: ReleaseContent, file: ReleaseFile): boolean {
  return manifest !== null && [...namedArtifacts(manifest.root)].some(({ path }) => path === file.path);
}

/** Tests are named as files or as directories. */
function isTest({ manifest }: ReleaseContent, file: ReleaseFile): boolean {
  if (manifest === null) return false;
  return [...namedArtifacts(manifest.root)].some(
    ({ path, mayBeDirectory }) => mayBeDirectory && (path === file.path || file.path.startsWith(`${path ?? ''}/`)),
  );
}

/** What is written for people who look at the repository. */
function isNotice(file: ReleaseFile, content: ReleaseContent): boolean {
  const isNotices = /(^|\/)(readme|changelog|license|notice|contributing|authors)(\.(md|txt))?$/i.test(file.path);
  return isNotices && !isNamed(content, file);
}

function isText(path: string): boolean {
  return /\.(txt|md|prompt|j2|jinja|tmpl)$/i.test(path);
}
