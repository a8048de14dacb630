/** Bars of a waveform. */
export const bars = 40
/** Enough to see loudness by; decoding to it keeps long notes small in memory. */
const sampleRateHz = 8_000

/** How loud each of `bars` equal parts of a sound is, 0 to 1 of the loudest; nothing for what cannot be decoded. */
export async function loudnessOf(sound: Blob): Promise<number[] | null> {
  if (typeof OfflineAudioContext === 'undefined') return null
  try {
    const context = new OfflineAudioContext(1, 1, sampleRateHz)
    const decoded = await context.decodeAudioData(await sound.arrayBuffer())
    return partsOf(decoded.getChannelData(0))
  } catch {
    return null
  }
}

/** The loudest sample of each part, against the loudest of all. */
export function partsOf(samples: Float32Array): number[] {
  const size = Math.max(1, Math.floor(samples.length / bars))
  const peaks = Array.from({ length: bars }, (_, bar) => {
    let peak = 0
    for (const sample of samples.subarray(bar * size, (bar + 1) * size))
      peak = Math.max(peak, Math.abs(sample))
    return peak
  })
  const loudest = Math.max(...peaks)
  return loudest === 0 ? peaks : peaks.map((peak) => peak / loudest)
}
