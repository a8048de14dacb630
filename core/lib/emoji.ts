/** Whether a text is one emoji and nothing else, as a reaction has to be. @see facts 2.3 */
export function isOneEmoji(text: string): boolean {
  const signs = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)]
  return signs.length === 1 && /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(text)
}
