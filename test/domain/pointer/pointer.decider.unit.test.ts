import { decidePointer, MoveBlocked, type MovePointer, planActivation } from '../../../src/domain';
import { refusalOf } from '../specification';
import { activated, fold, release } from './pointer-story';

function move(more: Partial<MovePointer['data']> = {}): MovePointer {
  const plan = planActivation(fold([]), [release('a 1.0.0')]);
  return { type: 'Activate', data: { plan, reason: 'because', planDigest: null, override: [], ...more } };
}

const blocked = planActivation(fold([]), [release('b 1.0.0-rc.1'), release('a 1.0.0 requires x')]);

describe('carrying out a plan', () => {
  it('is one event with the reason, and the digest of the plan that was looked at', () => {
    const [event] = decidePointer(move({ planDigest: 'digest' }));
    const { data } = activated('a none -> 1.0.0');
    expect(event).toEqual({ type: 'Activated', data: { ...data, planDigest: 'digest' } });
  });

  it.each([
    ['Activate', 'Activated'],
    ['RollBack', 'RolledBack'],
    ['Deactivate', 'Deactivated'],
  ] as const)('names the event after the command: %s', (type, event) => {
    expect(decidePointer({ ...move(), type })[0].type).toBe(event);
  });

  it('is refused with all blockers under the code of the first', () => {
    const refusal = refusalOf(() => decidePointer(move({ plan: blocked })));
    expect(refusal).toBeInstanceOf(MoveBlocked);
    expect(refusal).toMatchObject({ code: 'PRERELEASE_NOT_ACTIVATABLE', data: { blockers: blocked.blockers } });
    for (const { message, unblock } of blocked.blockers) expect(refusal.message).toContain(`${message} ${unblock}`);
  });

  it('does not lift a blocker of an activation or a deactivation', () => {
    const plan = planActivation(fold([]), [release('a 1.0.0 requires x')]);
    for (const type of ['Activate', 'Deactivate'] as const) {
      const command: MovePointer = { ...move({ plan, override: ['DEPENDENCY_NOT_ACTIVE'] }), type };
      expect(refusalOf(() => decidePointer(command)).code).toBe('DEPENDENCY_NOT_ACTIVE');
    }
  });

  it('lifts dependency blockers of a rollback, and leaves the others standing', () => {
    const override = ['DEPENDENCY_NOT_ACTIVE', 'PRERELEASE_NOT_ACTIVATABLE'] as const;
    const refusal = refusalOf(() => decidePointer({ ...move({ plan: blocked, override }), type: 'RollBack' }));
    expect(refusal.data.blockers).toEqual([blocked.blockers[0]]);
  });
});
