import { type PackageId } from '../package-id';
import { planMove, type PlannedMove } from './planned-move';
import { type PointerState } from './pointer.state';

/** What taking packages out of the map would do. */
export function planDeactivation(
  state: PointerState,
  packages: readonly { readonly package: PackageId; readonly packageExists: boolean }[],
): PlannedMove {
  return planMove(
    state,
    'Deactivate',
    packages.map(({ package: id, packageExists }) => {
      const active = state.entries.get(id)?.active ?? null;
      if (active !== null) {
        return {
          change: { package: id, fromVersion: active.version, toVersion: null, tree: null, requires: [] },
          blockers: [],
        };
      }
      const blocker = packageExists
        ? { code: 'NOT_ACTIVE' as const, message: `${id} is not active.`, unblock: 'Leave it out.' }
        : {
            code: 'PACKAGE_NOT_FOUND' as const,
            message: `There is no package ${id}.`,
            unblock: 'Check the id; query packages to see what exists.',
          };
      return { change: null, blockers: [{ ...blocker, packageId: id }] };
    }),
  );
}
