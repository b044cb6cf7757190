// What the tour selects in its operations.

export interface Event {
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
}
export interface Change {
  readonly packageId: string;
  readonly fromVersion: string | null;
  readonly toVersion: string | null;
}
export interface Move {
  readonly id: string;
  readonly at: string;
  readonly changes: readonly Change[];
}
export interface Staging {
  readonly staged: boolean;
  readonly report: {
    readonly checks: readonly { readonly check: string; readonly passed: boolean; readonly errorCount: number }[];
    readonly findings: readonly {
      readonly severity: string;
      readonly rule: string;
      readonly path: string | null;
      readonly line: number | null;
      readonly message: string;
    }[];
  };
}
export interface Committed {
  readonly version: string;
  readonly state: string;
  readonly commit: string;
  readonly tree: string;
  readonly branch: string;
}
