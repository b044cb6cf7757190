/** One thing a role may allow. Every operation of the API names exactly one. */
export type Permission =
  | 'draft:edit'
  | 'release:commit'
  | 'release:stage'
  | 'release:activate'
  | 'release:rollback'
  | 'release:tag'
  | 'release:read'
  | 'audit:read'
  | 'drift:resolve';

export type Role = 'admin' | 'viewer';

/** What each role holds. Data, so that other roles can be given single permissions without code. */
export const ROLES: Readonly<Record<Role, readonly Permission[]>> = {
  admin: [
    'draft:edit',
    'release:commit',
    'release:stage',
    'release:activate',
    'release:rollback',
    'release:tag',
    'release:read',
    'audit:read',
    'drift:resolve',
  ],
  viewer: ['release:read', 'audit:read'],
};

export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

/** Everything that one of the roles allows, without duplicates. A role that is not known allows nothing. */
export function permissionsOf(roles: readonly string[]): readonly Permission[] {
  return [...new Set(roles.flatMap((role) => (isRole(role) ? ROLES[role] : [])))];
}
