/** Puts a text where the person goes on writing to a contact; nothing is sent. */
type Write = (text: string) => void

let current = $state.raw<Write | null>(null)

/** Where a reply is being written now; null while none is possible. */
export function writing(): Write | null {
  return current
}

/** Offers the place until the returned function is called. */
export function offerWriting(write: Write): () => void {
  current = write
  return () => {
    if (current === write) current = null
  }
}
