import { Kind } from 'graphql';
import { DateTimeScalar, JsonScalar, PositionScalar } from '../../src/graphql/scalars';

describe('DateTime', () => {
  it.each([
    ['2026-03-01T10:22:31.114Z', '2026-03-01T10:22:31.114Z'],
    ['2026-03-01T10:22:31Z', '2026-03-01T10:22:31.000Z'],
    ['2026-03-01T12:22:31.5+02:00', '2026-03-01T10:22:31.500Z'],
    ['2024-02-29T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
  ])('reads %s as %s', (text, instant) => {
    expect(DateTimeScalar.parseValue(text)).toBe(instant);
    expect(DateTimeScalar.parseLiteral({ kind: Kind.STRING, value: text }, {})).toBe(instant);
  });

  it.each([
    '2026-03-01',
    '2026-03-01T10:22:31',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T10:60:00Z',
    '2026-03-01T10:22:31+99:00',
    ' 2026-03-01T10:22:31Z',
    '1 March 2026',
    '',
    1_772_360_551_114,
    null,
  ])('refuses %p', (value) => {
    expect(() => DateTimeScalar.parseValue(value)).toThrow(/ISO 8601/);
  });

  it('writes UTC with milliseconds', () => {
    expect(DateTimeScalar.serialize('2026-03-01T10:22:31.114Z')).toBe('2026-03-01T10:22:31.114Z');
    expect(() => DateTimeScalar.serialize('soon')).toThrow();
  });
});

describe('Position', () => {
  it('passes a position on as it is', () => {
    expect(PositionScalar.parseValue('log-000000000000002a')).toBe('log-000000000000002a');
    expect(PositionScalar.serialize('log-000000000000002a')).toBe('log-000000000000002a');
  });

  it.each(['', 'x'.repeat(201), 42, null, {}])('refuses %p', (value) => {
    expect(() => PositionScalar.parseValue(value)).toThrow(/Position/);
  });
});

describe('JSON', () => {
  it('passes any value on as it is', () => {
    const value = { a: [1, 'two', null, { b: true }] };
    expect(JsonScalar.serialize(value)).toEqual(value);
  });
});
