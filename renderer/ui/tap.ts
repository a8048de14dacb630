/** Something in a message the contact can tap. It does nothing here: this is how it looks to them. */
export type Tap = {
  label: string
  /** Absent where only the label is known. */
  kind?: 'reply' | 'link' | 'phone' | 'code' | 'form' | 'place'
  /** Where it leads, for whoever points at it. */
  target?: string
}
