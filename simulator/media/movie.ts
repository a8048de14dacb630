/**
 * A playable MP4 without an encoder: H.264 pictures whose macroblocks are stored as they are (I_PCM),
 * in the smallest box tree a player accepts. @see ITU-T H.264 7.3, ISO/IEC 14496-12 and -15
 */
import type { Random } from '../world/random.ts'

/** Pictures of one size, each its Y, U and V planes (4:2:0) without the samples 0 to 15, which would need escaping. */
export type Film = {
  /** Multiples of 16. */
  width: number
  height: number
  framesPerSecond: number
  frames: Buffer[]
}

const pictureParameters = Buffer.from([0x68, 0xce, 0x38, 0x80])
/**
 * An IDR slice up to the first macroblock's samples: first_mb 0, type I, parameter set 0, frame 0, an
 * id that must differ from the picture before, order 0, no marking, quantiser as is, then I_PCM, aligned.
 */
const slices = ['1', '010'].map((pictureId) =>
  bytesOf(['1', '0001000', '1', '0000', pictureId, '0000', '00', '1', '000011010'], 0x65),
)

/** A bright bar that wanders over a flat colour, for two seconds. */
export function makeMovie(random: Random): Buffer {
  const [width, height, count] = [128, 96, 12]
  const [blue, red] = [60 + random.below(140), 60 + random.below(140)]
  const frames = Array.from({ length: count }, (_, index) => {
    const line = Buffer.alloc(width, 90).fill(210, (index % 8) * 16, (index % 8) * 16 + 16)
    const bright = Buffer.concat(Array.from({ length: height }, () => line))
    const quarter = (width * height) / 4
    return Buffer.concat([bright, Buffer.alloc(quarter, blue), Buffer.alloc(quarter, red)])
  })
  return makeFilm({ width, height, framesPerSecond: 6, frames })
}

export function makeFilm(film: Film): Buffer {
  const samples = film.frames.map((frame, index) => slice(film, frame, index))
  const fileType = box('ftyp', text('isom'), u32(512), text('isomiso2avc1mp41'))
  const size = fileType.length + movie(film, samples, 0).length
  return Buffer.concat([fileType, movie(film, samples, size + 8), box('mdat', ...samples)])
}

/** Baseline, level 3, one set, orders of four bits, no reference frames, whole frames, nothing cut off. */
function sequenceParameters({ width, height }: Film): Buffer {
  const size = [golomb(width / 16 - 1), golomb(height / 16 - 1)]
  const profile = ['01000010', '00000000', '00011110']
  return bytesOf([...profile, '1', '1', '1', '1', '1', '0', ...size, '1', '0', '0', '0', '1'], 0x67)
}

function golomb(value: number): string {
  const bits = (value + 1).toString(2)
  return '0'.repeat(bits.length - 1) + bits
}

function bytesOf(bits: string[], unit: number): Buffer {
  const whole = bits.join('')
  const bytes = whole.padEnd(Math.ceil(whole.length / 8) * 8, '0').match(/.{8}/g) ?? []
  return Buffer.from([unit, ...bytes.map((byte) => parseInt(byte, 2))])
}

/** One picture, macroblock by macroblock. */
function slice({ width, height }: Film, frame: Buffer, index: number): Buffer {
  const parts: Buffer[] = slices.slice(index % 2, (index % 2) + 1)
  const [bright, quarter] = [width * height, (width * height) / 4]
  const cut = (from: number, stride: number, column: number, row: number, side: number) => {
    for (let line = 0; line < side; line++) {
      const start = from + (row * side + line) * stride + column * side
      parts.push(frame.subarray(start, start + side))
    }
  }
  for (let block = 0; block < bright / 256; block++) {
    const [column, row] = [block % (width / 16), Math.floor(block / (width / 16))]
    if (block > 0) parts.push(Buffer.from([0x0d, 0x00])) // mb_type I_PCM, aligned
    cut(0, width, column, row, 16)
    cut(bright, width / 2, column, row, 8)
    cut(bright + quarter, width / 2, column, row, 8)
  }
  const whole = Buffer.concat([...parts, Buffer.from([0x80])])
  return Buffer.concat([u32(whole.length), whole])
}

function movie(film: Film, samples: Buffer[], dataOffset: number): Buffer {
  const { width, height, framesPerSecond } = film
  const duration = u32(samples.length)
  const matrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32)
  const header = box(
    'mvhd', u32(0), u32(0), u32(0), u32(framesPerSecond), duration,
    u32(0x10000), u16(0x100), Buffer.alloc(10), ...matrix, Buffer.alloc(24), u32(2),
  ) // prettier-ignore
  const track = box(
    'tkhd', u32(7), u32(0), u32(0), u32(1), u32(0), duration, Buffer.alloc(16),
    ...matrix, u32(width << 16), u32(height << 16),
  ) // prettier-ignore
  const media = box(
    'mdia',
    box('mdhd', u32(0), u32(0), u32(0), u32(framesPerSecond), duration, u16(0x55c4), u16(0)),
    box('hdlr', u32(0), u32(0), text('vide'), Buffer.alloc(13)),
    box(
      'minf',
      box('vmhd', u32(1), Buffer.alloc(8)),
      box('dinf', box('dref', u32(0), u32(1), box('url ', u32(1)))),
      sampleTable(film, samples, dataOffset),
    ),
  )
  return box('moov', header, box('trak', track, media))
}

function sampleTable(film: Film, samples: Buffer[], dataOffset: number): Buffer {
  const sequence = sequenceParameters(film)
  const { width, height } = film
  const configuration = box(
    'avcC',
    Buffer.from([1, 0x42, 0x00, 0x1e, 0xff, 0xe1]),
    u16(sequence.length), sequence,
    Buffer.from([1]),
    u16(pictureParameters.length), pictureParameters,
  ) // prettier-ignore
  const entry = box(
    'avc1', Buffer.alloc(6), u16(1), Buffer.alloc(16), u16(width), u16(height),
    u32(0x480000), u32(0x480000), u32(0), u16(1), Buffer.alloc(32), u16(24), u16(0xffff), configuration,
  ) // prettier-ignore
  return box(
    'stbl',
    box('stsd', u32(0), u32(1), entry),
    box('stts', u32(0), u32(1), u32(samples.length), u32(1)),
    box('stsc', u32(0), u32(1), u32(1), u32(samples.length), u32(1)),
    box('stsz', u32(0), u32(0), u32(samples.length), ...samples.map(({ length }) => u32(length))),
    box('stco', u32(0), u32(1), u32(dataOffset)),
  )
}

function box(type: string, ...content: Buffer[]): Buffer {
  const inside = Buffer.concat(content)
  return Buffer.concat([u32(inside.length + 8), text(type), inside])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function text(value: string): Buffer {
  return Buffer.from(value, 'latin1')
}
