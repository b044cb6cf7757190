/**
 * What a prompt demands of the output, as far as its text says so for certain. Offsets are UTF-16 offsets into the text
 * of the prompt. What cannot be read with certainty is left out: a demand too few is better than one too many.
 */
export interface PromptDemands {
  readonly objects: readonly DemandedObject[];
  readonly prohibitions: readonly Prohibition[];
  readonly completeExamples: readonly CompleteExample[];
  /** True when the prompt leaves the form to a schema: then what it does not name is not missing. */
  readonly defers: boolean;
  /** True when something outside of the input sections names a field, in prose and in any notation. */
  readonly mentions: (name: string) => boolean;
  /** True when an input section names it. */
  readonly isInput: (name: string) => boolean;
}

/** An object the prompt describes: a JSON skeleton, or a list of fields. */
export interface DemandedObject {
  readonly form: 'skeleton' | 'list';
  /** `document` for the output itself; `somewhere` for an object inside of it, such as each item of a list. */
  readonly place: 'document' | 'somewhere';
  /** True for an object without a name in a list that says what the document has. */
  readonly isPartOfDocument: boolean;
  /** False for a list that may be about the content rather than the fields. */
  readonly isOfFields: boolean;
  /** True when the prompt says outright that these are what it wants; false for a list that merely stands under "Output". */
  readonly isDemanded: boolean;
  /** True when it stands where the prompt speaks of its output. */
  readonly isInOutput: boolean;
  /** True when `fields` reads as all of them. */
  readonly hasAllFields: boolean;
  readonly fields: readonly DemandedField[];
  readonly offset: number;
}

export interface DemandedField {
  readonly name: string;
  readonly offset: number;
  /** Written as JSON or as code; false for a word that may be plain English. */
  readonly isCode: boolean;
  readonly isOptional: boolean;
  /** What a skeleton shows as its value; null where it may be anything. */
  readonly shape: 'object' | 'list' | null;
  /** Values the field is to have one of; null when the prompt gives none. */
  readonly values: DemandedValues | null;
  readonly fields: readonly DemandedField[];
  /** True when `fields` reads as all of them: nothing follows and no `...` stands among them. */
  readonly hasAllFields: boolean;
}

export interface DemandedValues {
  /**
   * `alternatives` are offered as the values (`one of`, quoted or with bars), `words` may be a remark, and a `shown`
   * value may be a placeholder.
   */
  readonly kind: 'alternatives' | 'words' | 'shown';
  readonly values: readonly DemandedValue[];
}

export interface DemandedValue {
  readonly value: string | number | boolean;
  readonly offset: number;
}

/** A field that the prompt wants left out, without a condition. */
export interface Prohibition {
  readonly path: readonly string[];
  readonly offset: number;
}

/** An example that the prompt calls complete or valid. */
export interface CompleteExample {
  readonly offset: number;
  readonly value: unknown;
}
