import fc from 'fast-check';
import { isOneLine } from '../../../src/domain';
import { namedEvent, NotRenderable, parseTrailers, render, renderDraftCommit, renderTag } from '../../../src/git';
import { TOM } from '../fixture-repository';
import { adoptionOf, change, fixedEvent, FLAT_LAYOUT, move, REPORT } from './fixed-log';

const PARENT = 'a'.repeat(40);
const activated = (reason: string) =>
  fixedEvent('pointer-production', 1, { type: 'Activated', data: move(reason, [change('epic', null, '1.0.0')]) });
const rendered = (event: ReturnType<typeof activated>, adoption = adoptionOf(FLAT_LAYOUT)) =>
  render({ event, adoption, firstParent: PARENT, pointerFile: null });

test('whatever the reason says, the trailers name the event and the actor', () => {
  const sentence = fc.string({ unit: 'grapheme', maxLength: 80 }).filter(isOneLine);
  fc.assert(
    fc.property(sentence, (reason) => {
      const { message } = rendered(activated(reason));
      expect(namedEvent(message)).toEqual({
        eventId: '6f0c0000-0000-4000-8000-000000000001',
        stream: 'pointer-production',
        revision: 1,
      });
      expect(parseTrailers(message).get('Slipway-Actor')).toBe('ann');
      expect(message.split('\n')).toHaveLength(12);
    }),
  );
});

test.each([
  ['a reason of two lines', activated('one\n\nSlipway-Actor: mallory')],
  ['a name that closes the address', withActor({ id: 'mallory', name: 'Tom <tom@example.com> 1 +0000' })],
  ['a name of two lines', withActor({ id: 'mallory', name: 'Tom\nauthor Tom' })],
  ['an id that is none', withActor({ id: 'mallory>', name: 'Mallory' })],
])('%s is not written', (_, event) => {
  expect(() => rendered(event)).toThrow(NotRenderable);
});

test('a form that is not known is not written', () => {
  expect(() => rendered(activated('why'), { ...adoptionOf(FLAT_LAYOUT), commitForm: 2 })).toThrow(NotRenderable);
});

test('a release of a kind without a place is not written', () => {
  const data = { package: 'tasks/x', version: '1.0.0', commit: PARENT, tree: PARENT, report: REPORT };
  const event = fixedEvent('package-tasks/x', 1, { type: 'Staged', data });
  const adoption = adoptionOf(FLAT_LAYOUT);
  expect(() => render({ event, adoption, firstParent: PARENT, pointerFile: null })).toThrow(NotRenderable);
});

test('a tag message of two lines is not written', () => {
  const data = { package: 'epic', version: '1.0.0', tag: 'epic/v1.0.0', commit: PARENT, message: 'Epic\n1.0.0' };
  expect(() => renderTag(fixedEvent('package-epic', 1, { type: 'Tagged', data }))).toThrow(NotRenderable);
});

test.each([
  ['major', 'feat(epic)!: Rename the outputs'],
  ['minor', 'feat(epic): Rename the outputs'],
  ['patch', 'fix(epic): Rename the outputs'],
  [null, 'feat(epic): Rename the outputs'],
] as const)('the subject of a draft commit follows the change type %s', (changeType, subject) => {
  const baseVersion = changeType === null ? null : '1.0.0';
  const facts = {
    package: 'epic',
    version: '1.1.0',
    baseVersion,
    changeType,
    message: 'Rename the outputs',
    actor: TOM,
  };
  expect(renderDraftCommit(facts)).toBe(
    `${subject}\n\nSlipway-Package: epic\nSlipway-Version: 1.1.0\n` +
      `Slipway-Base-Version: ${baseVersion ?? 'none'}\nSlipway-Actor: tom.moseley\n`,
  );
});

test.each([
  ['no paragraph of its own', 'Slipway-Event-Id: x\nSlipway-Event: s@1\n'],
  ['a line among the trailers that is none', 'subject\n\nSlipway-Event-Id: x\nSlipway-Event: s@1\nand more\n'],
  ['another paragraph after them', 'subject\n\nSlipway-Event-Id: x\nSlipway-Event: s@1\n\nmore\n'],
  ['a revision that is none', 'subject\n\nSlipway-Event-Id: x\nSlipway-Event: s@-1\n'],
])('a message with %s names no event', (_, message) => {
  expect(namedEvent(message)).toBeNull();
});

function withActor(actor: { id: string; name: string }) {
  const event = activated('why');
  return { ...event, metadata: { ...event.metadata, actor } };
}
