/** Writes an ASCII text as it stands and returns the position behind it. For rare words: it looks at every character. */
export function writeAscii(view: DataView, pos: number, text: string): number {
  for (let i = 0; i < text.length; i++) view.setUint8(pos + i, text.charCodeAt(i));
  return pos + text.length;
}
