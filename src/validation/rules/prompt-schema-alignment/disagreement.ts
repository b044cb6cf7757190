import { type DemandedObject } from '../../prompt/prompt-demands';
import { type Objects } from './output-schema';

/** Ids of the rules that report what a prompt and the schema of its output disagree about. */
export type DisagreementRule =
  | 'demanded-field-forbidden'
  | 'demanded-field-undefined'
  | 'demanded-structure-not-allowed'
  | 'demanded-value-not-allowed'
  | 'prohibited-field-demanded'
  | 'prohibited-field-required'
  | 'required-field-not-named'
  | 'shown-value-not-allowed';

export interface Disagreement {
  readonly rule: DisagreementRule;
  /** Where in the prompt. */
  readonly offset: number;
  readonly message: string;
  readonly value: string;
}

/** An object a prompt describes, and the objects of the schema it is compared with. */
export interface PlacedObject {
  readonly object: DemandedObject;
  readonly objects: Objects;
  readonly isDocument: boolean;
}
