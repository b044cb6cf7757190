import { isName, isVersion, type Version } from '../../../domain';

/** A reference to a release of another package. `kind` is the kind's name in the layout. */
export interface PackageUrn {
  readonly kind: 'roles' | 'templates' | 'tasks' | 'pgc' | 'schemas';
  readonly name: string;
  readonly version: Version;
}

const PROMPT_KINDS = { role: 'roles', template: 'templates', task: 'tasks', pgc: 'pgc' } as const;

/** The URN a text is meant to be: null when it does not begin like one, `malformed` when it is not complete. */
export function parseUrn(text: string): PackageUrn | 'malformed' | null {
  if (text.startsWith('prompt:')) {
    const [, family = '', name = '', version = '', ...rest] = text.split(':');
    const kind = Object.hasOwn(PROMPT_KINDS, family) ? PROMPT_KINDS[family as keyof typeof PROMPT_KINDS] : null;
    return kind === null || rest.length > 0 ? 'malformed' : complete(kind, name, version);
  }
  if (text.startsWith('schema:')) {
    const [name = '', version = '', ...rest] = text.slice('schema:'.length).split(/[:@]/);
    return rest.length > 0 ? 'malformed' : complete('schemas', name, version);
  }
  return null;
}

function complete(kind: PackageUrn['kind'], name: string, version: string): PackageUrn | 'malformed' {
  return isName(name) && isVersion(version) ? { kind, name, version } : 'malformed';
}
