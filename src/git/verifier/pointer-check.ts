import { type PackageId, type RecordedEvent, type Version } from '../../domain';
import { type GitObjects } from '../git-repository';
import { EMPTY_POINTER_FILE, readPointerFile } from '../pointer-file/read-pointer-file';
import { isCommitMaking } from '../publisher/commit-making';
import { readFileAt } from '../trees/entry-at';
import { type EventCheck, CheckFindings } from './event-check';
import { placeOfMain, type SightOfMain } from './sight-of-main';
import { type CheckResult, checkResult, placeOf } from './verification';

/** `pointer`: the pointer file at the tip of `main` names what the log says is active there. */
export class PointerCheck implements EventCheck {
  readonly #active = new Map<PackageId, { readonly version: Version; readonly event: string }>();
  /** Packages that an event has moved which waits to be rendered on an adopted commit: what that commit names is not in the log. */
  readonly #waiting = new Set<PackageId>();
  readonly #findings = new CheckFindings();

  constructor(private readonly parts: { readonly objects: GitObjects; readonly sight: SightOfMain }) {}

  take(event: RecordedEvent): void {
    if (!('changes' in event.data)) return;
    if (this.#waits(event)) for (const change of event.data.changes) this.#waiting.add(change.package);
    if (!this.#counts(event)) return;
    for (const { package: id, toVersion } of event.data.changes) {
      if (toVersion === null) this.#active.delete(id);
      else this.#active.set(id, { version: toVersion, event: placeOf(event) });
    }
  }

  async conclude(interrupted: string | null): Promise<CheckResult> {
    const { objects, sight } = this.parts;
    const { layout } = sight.adoption.data;
    const file = await readFileAt(objects, sight.tree, layout.pointer.path);
    const { entries } = readPointerFile(file ?? EMPTY_POINTER_FILE, layout);
    for (const id of new Set([...this.#active.keys(), ...entries.keys()])) {
      if (this.#waiting.has(id)) continue;
      const expected = this.#active.get(id);
      const found = entries.get(id) ?? null;
      this.#findings.compared += 1;
      if (expected?.version === found || (expected === undefined && found === null)) continue;
      const what = `${layout.pointer.path} on main does not name the active version of ${id}.`;
      const event = expected?.event ?? placeOfMain(sight);
      this.#findings.differs({ what, event, expected: expected?.version ?? null, found });
    }
    this.#findings.cannot(interrupted);
    return checkResult('pointer', this.#findings);
  }

  /** What was adopted before the adoption in force is in the adopted commit, wherever it stands in the log. */
  #counts(event: RecordedEvent): boolean {
    const { adoption, upTo } = this.parts.sight;
    if (event.type === 'PointerAdopted') return event.position < adoption.position;
    return isCommitMaking(event) && upTo !== null && event.position <= upTo;
  }

  #waits(event: RecordedEvent): boolean {
    const { adoption, upTo } = this.parts.sight;
    return isCommitMaking(event) && event.position < adoption.position && (upTo === null || event.position > upTo);
  }
}
