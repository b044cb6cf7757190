import { posix } from 'node:path';
import { isVersion } from '../../domain';
import { type RuleContext } from '../rules/rule';
import { ANY } from './asking-keys';
import { type Family, formOf } from './reference-form';
import { type ReferencePlace } from './references-in';
import { meantReference } from './similar-reference';

/** A name from before references had a form: `tasks/Project Discovery QA v1.1`, `Technical Architect 1.0`, `schemas/intake.v2.json`. */
export interface OldName {
  /** The reference to write instead; null when no package or several are meant. */
  readonly meant: string | null;
  /** The form of reference to write. */
  readonly form: string;
}

const FOLDERS: Readonly<Record<string, Family>> = {
  roles: 'role',
  templates: 'template',
  tasks: 'task',
  'pgc-contexts': 'pgc',
  pgc: 'pgc',
  schemas: 'schema',
};

const FOLDER = String.raw`(?:(?:[\w.-]+/)*([\w.-]+)/)?`;
const ENDING = String.raw`(?:\.(?:txt|md|json|ya?ml))?`;
/** Words in title case, then a version. */
const TITLE = new RegExp(
  `^${FOLDER}([A-Z][A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*)[ _-](?:v([0-9.]+)|([0-9]+[.][0-9.]*[0-9]))${ENDING}$`,
);
/** A file in a folder with a version in its name. */
const FILE = /^(?:[\w.-]+\/)*([\w.-]+)\/([a-z0-9_-]+)\.v([0-9.]*[0-9])\.(?:txt|md|json|ya?ml)$/;
const LONGEST = 200;

/** The old name a text is at a place that asks for a reference; null when it is a file of the release, or anything else. */
export function oldNameAt({ files, map }: RuleContext, { file, node, asked, parsed }: ReferencePlace): OldName | null {
  const text = node.value;
  if (parsed !== null || asked === null || text.length > LONGEST) return null;
  const [, folder, title, ...versions] = TITLE.exec(text) ?? FILE.exec(text) ?? [];
  if (title === undefined) return null;
  const paths = [posix.normalize(text), posix.join(posix.dirname(file.path), text)];
  if (files.some(({ path }) => paths.includes(path))) return null;

  const name = title.toLowerCase().replaceAll(/[ -]/g, '_');
  const version = semanticVersion(versions.find(Boolean) ?? '');
  const ofFolder = folder !== undefined && Object.hasOwn(FOLDERS, folder) ? FOLDERS[folder] : undefined;
  const families = ofFolder === undefined ? asked : [ofFolder];
  // Contexts of clarifications are named after what they are for: `intake.v1`.
  const names = families[0] === 'pgc' ? [name, `${name}.v${version.split('.', 1)[0] ?? ''}`] : [name];
  const meant = meantReference(map, families, names, version);
  return { meant, form: families === ANY ? 'prompt:task:ID:VERSION' : formOf(families[0] ?? 'task') };
}

/** `1.1` as `1.1.0`; empty when it is no version in any way. */
function semanticVersion(written: string): string {
  const version = [...written.split('.'), '0', '0'].slice(0, 3).join('.');
  return isVersion(version) ? version : '';
}
