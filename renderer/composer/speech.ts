import {
  BlobSource,
  BufferTarget,
  Conversion,
  Input,
  OggOutputFormat,
  Output,
  WEBM,
} from 'mediabunny'

/**
 * What a browser records, as WhatsApp takes a voice note: the same Opus packets in an Ogg file. Nothing is encoded
 * again. @see facts 2.3
 */
export async function formatSpeech(recorded: Blob): Promise<Uint8Array> {
  const target = new BufferTarget()
  const conversion = await Conversion.init({
    input: new Input({ source: new BlobSource(recorded), formats: [WEBM] }),
    output: new Output({ format: new OggOutputFormat(), target }),
    showWarnings: false,
  })
  await conversion.execute()
  if (target.buffer === null) throw new Error('bug: a conversion that ended without a file')
  return new Uint8Array(target.buffer)
}
