import { isName, isVersion, type Version } from '../../domain';

/** What a reference says of its target, before the layout's kinds come into it. */
export type Family = 'role' | 'template' | 'task' | 'pgc' | 'schema' | 'op' | 'mech' | 'dcw' | 'pow' | 'workflow';

/** A reference to a release of a package. */
export interface PackageReference {
  readonly family: Family;
  readonly name: string;
  readonly version: Version;
}

const FORMS: Readonly<Record<Family, string>> = {
  role: 'prompt:role:ID:VERSION',
  template: 'prompt:template:ID:VERSION',
  task: 'prompt:task:ID:VERSION',
  pgc: 'prompt:pgc:ID:VERSION',
  schema: 'schema:ID:VERSION',
  op: 'op:ID@VERSION',
  mech: 'mech:TYPE:ID:VERSION',
  dcw: 'dcw:ID@VERSION',
  pow: 'pow:ID@VERSION',
  workflow: 'workflow:ID:VERSION',
};

const PROMPTS: readonly string[] = ['role', 'template', 'task', 'pgc'] satisfies readonly Family[];
const ONE_NAME: readonly string[] = ['schema', 'op', 'dcw', 'pow', 'workflow'] satisfies readonly Family[];

/** The form in which a family is referred to, with or without the name and version in it. */
export function formOf(family: Family, name = 'ID', version = 'VERSION'): string {
  return FORMS[family].replace('ID', () => name).replace('VERSION', () => version);
}

/** The reference a text is meant to be: null when it does not begin like one, `malformed` when it is not complete. */
export function parseReference(text: string): PackageReference | 'malformed' | null {
  const [scheme = '', ...rest] = text.split(':');
  if (rest.length === 0 || /\s/.test(text)) return null;
  if (scheme === 'prompt') {
    const [family = '', name = '', version = '', ...more] = rest;
    return isFamily(family, PROMPTS) && more.length === 0 ? complete(family, name, version) : 'malformed';
  }
  if (scheme === 'mech') {
    const [type = '', name = '', version = '', ...more] = rest;
    return isName(type) && more.length === 0 ? complete('mech', name, version) : 'malformed';
  }
  if (!isFamily(scheme, ONE_NAME)) return null;
  const [name = '', version = '', ...more] = rest.join(':').split(/[:@]/);
  return more.length === 0 ? complete(scheme, name, version) : 'malformed';
}

function isFamily(text: string, families: readonly string[]): text is Family {
  return families.includes(text);
}

function complete(family: Family, name: string, version: string): PackageReference | 'malformed' {
  return isName(name) && isVersion(version) ? { family, name, version } : 'malformed';
}
