// @vitest-environment node
// jsdom's files cannot be read piece by piece.
import {
  ALL_FORMATS,
  BlobSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  Input,
  Output,
  WebMOutputFormat,
} from 'mediabunny'
import { expect, test } from 'vitest'
import { formatSpeech } from './speech.ts'

/** Opus in one channel at 48 kHz, as its own header says it. */
const head = new Uint8Array(
  [...'OpusHead']
    .map((letter) => letter.charCodeAt(0))
    .concat([1, 1, 56, 1, 128, 187, 0, 0, 0, 0, 0]),
)

/** As a browser records: Opus in WebM, one packet of silence each 20 ms. */
async function recorded(packets: number): Promise<Blob> {
  const target = new BufferTarget()
  const output = new Output({ format: new WebMOutputFormat(), target })
  const source = new EncodedAudioPacketSource('opus')
  output.addAudioTrack(source)
  await output.start()
  for (let index = 0; index < packets; index += 1) {
    const packet = new EncodedPacket(new Uint8Array([0xf8, 0xff, 0xfe]), 'key', index / 50, 1 / 50)
    const config = { codec: 'opus', numberOfChannels: 1, sampleRate: 48_000, description: head }
    await source.add(packet, index === 0 ? { decoderConfig: config } : undefined)
  }
  await output.finalize()
  return new Blob([target.buffer!])
}

test('what is recorded becomes an Ogg file with the same Opus in one channel', async () => {
  const bytes = await formatSpeech(await recorded(100))
  expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('OggS')
  const input = new Input({
    source: new BlobSource(new Blob([bytes as Uint8Array<ArrayBuffer>])),
    formats: ALL_FORMATS,
  })
  const track = await input.getPrimaryAudioTrack()
  expect(track?.codec).toBe('opus')
  expect(track?.numberOfChannels).toBe(1)
  expect(await track?.computeDuration()).toBeCloseTo(2, 1)
  let count = 0
  for await (const packet of new EncodedPacketSink(track!).packets()) {
    expect([...packet.data]).toEqual([0xf8, 0xff, 0xfe])
    count += 1
  }
  expect(count).toBe(100)
})
