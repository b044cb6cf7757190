import fc from 'fast-check';
import { type JobMessage } from '../../../src/validation/child/job';
import { decodeAnswer, encodeAnswer, encodeJob, jobReader } from '../../../src/validation/child/wire';

describe('the wire to the child', () => {
  it('delivers every job once and in order, however its bytes are cut', () => {
    const jobs = fc.array(fc.record({ bytes: fc.uint8Array(), text: fc.string({ unit: 'binary' }) }), { maxLength: 5 });
    fc.assert(
      fc.property(jobs, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (inputs, sizes) => {
        const sent = inputs.map((input, at): JobMessage => ({
          id: String(at),
          job: 'readYaml',
          input,
          deadlineMs: at,
        }));
        const bytes = Buffer.concat(sent.map(encodeJob));
        const received: JobMessage[] = [];
        const read = jobReader((message) => received.push(message));
        for (let at = 0, turn = 0; at < bytes.byteLength; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          read(bytes.subarray(at, at + size));
          at += size;
        }

        expect(received).toEqual(sent);
      }),
    );
  });

  it('delivers answers with whatever text, each as one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (answer) => {
        const line = encodeAnswer({ type: 'answer', id: 'x', answer: `${answer}\ud800\n` });

        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(decodeAnswer(line)).toEqual({ type: 'answer', id: 'x', answer: `${answer}\ud800\n` });
      }),
    );
  });

  it.each([
    '',
    'null',
    '1',
    '[]',
    '{}',
    '{"type":"answer"}',
    '{"type":"answer","id":1}',
    '{"type":"else","id":"x"}',
    '{"id":"x"}',
    '{',
  ])('takes %j for no message', (line) => {
    expect(decodeAnswer(line)).toBeNull();
  });
});
