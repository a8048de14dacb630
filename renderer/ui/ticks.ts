/** How far something sent has come, as one glyph. The look of each is in styles/glyphs.css, its words in `common.tick-…`. */
export type TickState =
  | 'waiting' // only on this machine so far
  | 'queued' // on the server, on its way to WhatsApp
  | 'delay' // still within the send delay
  | 'accepted'
  | 'delivered'
  | 'read'
  | 'played'
  | 'uncertain'
  | 'held'
  | 'failed'
  | 'limited' // held back by our own pacing
