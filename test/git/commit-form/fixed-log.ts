import {
  type DomainEvent,
  type EventEnvelope,
  type Layout,
  type PointerChange,
  type PointerMove,
  type ValidationReport,
} from '../../../src/domain';
import { ANN, SERVICE, TOM } from '../fixture-repository';

export const SECTIONED_LAYOUT: Layout = {
  defaultKind: 'document_types',
  kinds: {
    document_types: {
      path: 'document_types/{id}/releases/{version}',
      manifest: { file: 'package.yaml', id: 'doc_type_id', version: 'version' },
    },
    roles: { path: 'prompts/roles/{id}/releases/{version}', manifest: null },
  },
  pointer: { path: '_active/active_releases.json', form: 'sectioned' },
};

export const FLAT_LAYOUT: Layout = {
  ...SECTIONED_LAYOUT,
  pointer: { path: '_active/active_releases.json', form: 'flat' },
};

export const adoptionOf = (layout: Layout) => ({ layout, serviceIdentity: SERVICE, commitForm: 1 });

/** An event in a fixed place of a fixed log: nothing of it comes from a clock or from chance. */
export function fixedEvent<E extends DomainEvent>(stream: string, revision: number, event: E): EventEnvelope<E> {
  const at = Date.parse('2026-03-01T10:22:31.114Z') + revision * 3_600_999;
  const tag = revision.toString(16);
  const envelope = {
    stream,
    revision,
    type: event.type,
    data: event.data,
    metadata: {
      eventId: `6f0c0000-0000-4000-8000-${stream === 'pointer-production' ? '0' : 'a'}0000000000${tag}`,
      occurredAt: new Date(at).toISOString(),
      actor: revision % 2 === 0 ? TOM : ANN,
      commandId: '11111111-1111-4111-8111-111111111111',
      commandDigest: 'd'.repeat(64),
      correlationId: '22222222-2222-4222-8222-222222222222',
      schemaVersion: 1,
      previousHash: null,
      hash: tag.repeat(64),
    },
  };
  // The pair of type and data is the event's own; the compiler loses the pairing when it is spread over the union.
  return envelope as unknown as EventEnvelope<E>;
}

export function change(id: string, fromVersion: string | null, toVersion: string | null): PointerChange {
  return { package: id, fromVersion, toVersion, tree: null, requires: [] };
}

export function move(
  reason: string,
  changes: readonly PointerChange[],
  overrides: readonly string[] = [],
): PointerMove {
  return { changes, reason, planDigest: null, overrides };
}

export const REPORT: ValidationReport = {
  valid: true,
  validatedAt: '2026-03-01T10:22:31.114Z',
  digest: 'e'.repeat(64),
  rulesetDigest: 'e'.repeat(64),
  mapDigest: 'e'.repeat(64),
  checks: [],
  findings: [],
  errorCount: 0,
  warningCount: 0,
  omitted: 0,
};
