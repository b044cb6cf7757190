export interface DecodedText {
  /** Without the byte order mark; null when the bytes are not UTF-8. */
  readonly text: string | null;
  /** Bytes of the byte order mark before the text: 0 or 3. */
  readonly markBytes: 0 | 3;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Strict UTF-8: nothing is replaced or guessed. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (error) {
    // The one error a fatal decoder has is the answer itself.
    if (error instanceof TypeError || isEncodingError(error)) return { text: null, markBytes: 0 };
    throw error;
  }
  return text.startsWith(BYTE_ORDER_MARK) ? { text: text.slice(1), markBytes: 3 } : { text, markBytes: 0 };
}

// A TypeError of another realm is not an instance of ours; its code is the same everywhere.
function isEncodingError(error: unknown): boolean {
  return error instanceof Object && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
}
