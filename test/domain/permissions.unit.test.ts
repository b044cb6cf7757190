import { permissionsOf, ROLES } from '../../src/domain';

describe('permissions', () => {
  it('lets an admin do everything', () => {
    expect([...permissionsOf(['admin'])].sort()).toEqual([...new Set(Object.values(ROLES).flat())].sort());
  });

  it('lets a viewer read and nothing else', () => {
    expect(permissionsOf(['viewer'])).toEqual(['release:read', 'audit:read']);
  });

  it('counts a permission once, however many roles hold it', () => {
    expect(permissionsOf(['viewer', 'admin'])).toHaveLength(ROLES.admin.length);
  });

  it('gives nothing to a role it does not know, whatever its name', () => {
    expect(permissionsOf(['owner', 'constructor', '__proto__', 'toString'])).toEqual([]);
  });
});
