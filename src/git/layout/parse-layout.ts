import { isName, isOneLine, type KindLayout, type Layout, type ManifestLayout, type PointerForm } from '../../domain';
import { LayoutInvalid } from './layout.errors';
import { patternsOverlap } from './path-pattern';

const COMPONENT = /^[A-Za-z0-9_.-]+$/;

/**
 * A layout that was written down (`layout:` of `slipway.yaml`, or a layout file), checked and in its stored shape.
 * @throws LayoutInvalid naming the first field that is wrong.
 */
export function parseLayout(value: unknown): Layout {
  const root = record(value, 'layout', ['defaultKind', 'kinds', 'pointer']);
  const kinds = Object.entries(record(root['kinds'], 'layout.kinds', null)).map(([kind, kindValue]) => {
    const field = `layout.kinds.${kind}`;
    if (!isName(kind)) throw new LayoutInvalid(field, 'a kind is a lower-case name: [a-z][a-z0-9_.-]*.');
    return [kind, parseKind(kindValue, field)] as const;
  });
  if (kinds.length === 0) throw new LayoutInvalid('layout.kinds', 'name at least one kind.');
  const defaultKind = root['defaultKind'];
  if (typeof defaultKind !== 'string' || !kinds.some(([kind]) => kind === defaultKind)) {
    throw new LayoutInvalid('layout.defaultKind', `name one of the kinds: ${kinds.map(([kind]) => kind).join(', ')}.`);
  }
  const pointer = parsePointer(root['pointer']);
  refuseOverlaps(kinds, pointer.path);
  return { defaultKind, kinds: Object.fromEntries(kinds), pointer };
}

/** @throws LayoutInvalid when one directory could belong to two kinds, or the pointer file to a release. */
function refuseOverlaps(kinds: readonly (readonly [string, KindLayout])[], pointerPath: string): void {
  for (const [index, [kind, { path }]] of kinds.entries()) {
    const field = `layout.kinds.${kind}.path`;
    const twin = kinds.slice(0, index).find(([, other]) => patternsOverlap(path, other.path));
    if (twin !== undefined) throw new LayoutInvalid(field, `${path} overlaps with ${twin[1].path} of ${twin[0]}.`);
    if (patternsOverlap(path, pointerPath)) throw new LayoutInvalid(field, `${path} overlaps with the pointer file.`);
  }
}

function parseKind(value: unknown, field: string): KindLayout {
  const kind = record(value, field, ['path', 'manifest']);
  const path = filePath(kind['path'], `${field}.path`, ['{id}', '{version}']);
  for (const placeholder of ['{id}', '{version}']) {
    if (path.split('/').filter((component) => component === placeholder).length !== 1) {
      throw new LayoutInvalid(`${field}.path`, `${placeholder} must be one of its components, exactly once.`);
    }
  }
  return { path, manifest: parseManifest(kind['manifest'], `${field}.manifest`) };
}

function parseManifest(value: unknown, field: string): ManifestLayout | null {
  if (value === null || value === undefined) return null;
  const manifest = record(value, field, ['file', 'id', 'version']);
  return {
    file: filePath(manifest['file'], `${field}.file`, []),
    id: key(manifest['id'], `${field}.id`),
    version: key(manifest['version'], `${field}.version`),
  };
}

function parsePointer(value: unknown): { readonly path: string; readonly form: PointerForm } {
  const pointer = record(value, 'layout.pointer', ['path', 'form']);
  const form = pointer['form'];
  if (form !== 'flat' && form !== 'sectioned') throw new LayoutInvalid('layout.pointer.form', 'flat or sectioned.');
  return { path: filePath(pointer['path'], 'layout.pointer.path', []), form };
}

function key(value: unknown, field: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string' || value === '' || !isOneLine(value)) {
    throw new LayoutInvalid(field, 'the name of a key of the manifest, or null.');
  }
  return value;
}

function filePath(value: unknown, field: string, placeholders: readonly string[]): string {
  if (typeof value !== 'string' || value === '') throw new LayoutInvalid(field, 'a path is missing.');
  for (const component of value.split('/')) {
    const plain = COMPONENT.test(component) && !/^\.+$/.test(component) && !/^\.git$/i.test(component);
    if (!plain && !placeholders.includes(component)) {
      throw new LayoutInvalid(
        field,
        `${JSON.stringify(value)} must be a path inside the repository: components of letters, digits, "_", "." and "-", ` +
          'separated by "/", without "..", ".git" or a "/" at either end' +
          (placeholders.length === 0 ? '.' : `; ${placeholders.join(' and ')} stand alone.`),
      );
    }
  }
  return value;
}

/** `allowed` null: any keys. */
function record(value: unknown, field: string, allowed: readonly string[] | null): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LayoutInvalid(field, 'must be a mapping.');
  }
  const unknown = allowed === null ? undefined : Object.keys(value).find((name) => !allowed.includes(name));
  if (unknown !== undefined) throw new LayoutInvalid(`${field}.${unknown}`, 'is not a key of a layout.');
  return value as Readonly<Record<string, unknown>>; // An object that is no array: each property is unknown.
}
