/** A writer of numbers: takes a view, a position and the number, returns the position behind its text. */
export type NumberWriter = (view: DataView, pos: number, value: number) => number;

/** A writer of floats: takes the place of the number instead. */
type FloatWriter = (view: DataView, pos: number, data: DataView, at: number) => number;

/** The same for a float32, to which the value is rounded. */
export function ofFloat(write: FloatWriter): NumberWriter {
  const data = new DataView(new ArrayBuffer(7));
  return (view, pos, value) => {
    data.setFloat32(3, value, true);
    return write(view, pos, data, 3);
  };
}

/** The same for a float64. */
export function ofDouble(write: FloatWriter): NumberWriter {
  const data = new DataView(new ArrayBuffer(11));
  return (view, pos, value) => {
    data.setFloat64(3, value, true);
    return write(view, pos, data, 3);
  };
}

const FRONT = 3;

/**
 * Returns a function that prints with `write` and gives the text. The view ends right behind the `room` bytes that
 * the writer claims to need, so that one byte more throws, and bytes before its position must stay as they were.
 */
export function printer(write: NumberWriter, room: number): (value: number) => string {
  const bytes = new Uint8Array(FRONT + room);
  const view = new DataView(bytes.buffer);
  return (value) => {
    bytes.fill(0xee);
    const end = write(view, FRONT, value);
    for (let i = 0; i < FRONT; i++) if (bytes[i] !== 0xee) throw new Error(`byte ${i - FRONT} before pos was changed`);
    return String.fromCharCode(...bytes.subarray(FRONT, end));
  };
}

/** A repeatable source of uint32 (xorshift). */
export function uint32s(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
