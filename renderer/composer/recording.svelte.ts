import type { Api } from '../../core/contract/client.ts'
import type { Media } from '../../core/domain/message.ts'
import { AppError, type ErrorCode } from '../../core/lib/errors.ts'

/** Speech needs no more; at this rate WhatsApp shows notes of up to 170 seconds with a play button. @see facts 2.3 */
const bitsPerSecond = 24_000
/** WhatsApp's 16 MB would hold more, listeners would not. */
export const mostMs = 15 * 60_000
const looksEveryMs = 100

/** Why there is no recording: the person or the system forbids it, there is nothing to record with, or it broke. */
export type RecordingTrouble = 'denied' | 'no-microphone' | ErrorCode

/** A voice note while it is spoken. */
export class Recording {
  phase = $state<'asking' | 'recording' | 'sending' | 'stopped'>('asking')
  trouble = $state<RecordingTrouble | null>(null)
  lengthMs = $state(0)
  /** How loud it is right now, 0 to 1. */
  level = $state(0)
  readonly #api: Api
  readonly #chunks: Blob[] = []
  #recorder: MediaRecorder | undefined
  #stream: MediaStream | undefined
  #context: AudioContext | undefined
  #timer: ReturnType<typeof setInterval> | undefined
  #isOver = false

  constructor(api: Api) {
    this.#api = api
  }

  /** Asks for the microphone and begins. */
  async begin(): Promise<void> {
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
      })
    } catch (error) {
      this.trouble = troubleOf(error)
      this.phase = 'stopped'
      return
    }
    if (this.#isOver) return this.#release()
    const recorder = new MediaRecorder(this.#stream, {
      mimeType: 'audio/webm;codecs=opus',
      audioBitsPerSecond: bitsPerSecond,
    })
    recorder.ondataavailable = ({ data }) => this.#chunks.push(data)
    recorder.start()
    this.#recorder = recorder
    this.#watch(this.#stream)
    this.phase = 'recording'
    void fetchFormat().catch(() => undefined) // it is asked for again when it is needed
  }

  /** Ends it and saves what was said; nothing when that fails, and `trouble` says why. */
  async finish(): Promise<Media | null> {
    const recorder = this.#recorder
    if (recorder === undefined || this.phase !== 'recording') return null
    this.phase = 'sending'
    try {
      const isDone = new Promise<void>((resolve) => (recorder.onstop = () => resolve()))
      if (recorder.state !== 'inactive') recorder.stop()
      await isDone
      this.#release()
      const { formatSpeech } = await fetchFormat()
      const bytes = await formatSpeech(new Blob(this.#chunks))
      const mime = 'audio/ogg; codecs=opus'
      const media = await this.#api.call('media.add', { bytes, mime, fileName: 'voice.ogg' })
      return { ...media, isVoice: true, durationMs: Math.round(this.lengthMs) }
    } catch (error) {
      this.trouble = error instanceof AppError ? error.code : 'internal'
      this.phase = 'stopped'
      return null
    }
  }

  /** Forgets it. */
  discard(): void {
    this.#isOver = true
    if (this.#recorder?.state === 'recording') this.#recorder.stop()
    this.#release()
  }

  #watch(stream: MediaStream): void {
    const context = new AudioContext()
    const ear = context.createAnalyser()
    context.createMediaStreamSource(stream).connect(ear)
    const samples = new Float32Array(ear.fftSize)
    const begunMs = performance.now()
    this.#context = context
    this.#timer = setInterval(() => {
      ear.getFloatTimeDomainData(samples)
      this.level = Math.min(1, 3 * Math.max(...samples.map(Math.abs)))
      this.lengthMs = performance.now() - begunMs
      if (this.lengthMs >= mostMs && this.#recorder?.state === 'recording') this.#recorder.pause()
    }, looksEveryMs)
  }

  #release(): void {
    clearInterval(this.#timer)
    for (const track of this.#stream?.getTracks() ?? []) track.stop()
    void this.#context?.close()
    this.#context = undefined
    this.#stream = undefined
  }
}

/** What writes the file is large: fetched while somebody speaks. */
function fetchFormat() {
  return import('./speech.ts')
}

function troubleOf(error: unknown): RecordingTrouble {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'NotReadableError' ? 'no-microphone' : 'internal'
}
