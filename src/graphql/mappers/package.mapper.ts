import { type PackageRow } from '../../projections';
import { type Package } from '../types/package.type';

export function toPackage({ id, kind, name, displayName }: PackageRow): Package {
  return { id, kind, name, displayName };
}
